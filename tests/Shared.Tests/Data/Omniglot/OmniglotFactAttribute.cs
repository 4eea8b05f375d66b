namespace Maml.Cluster.Shared.Tests.Data.Omniglot;

/// <summary>A test on the real data set: left out, visibly, on a machine without it; in CI its absence is a failure.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OmniglotFactAttribute : FactAttribute
{
    public OmniglotFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true")
            Skip = OmniglotData.Missing;
    }
}
