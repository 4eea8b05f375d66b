namespace Maml.Cluster.EndToEnd.Processes;

/// <summary>A test that needs the real Omniglot: skipped visibly where it is missing, but failing in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OmniglotFactAttribute : FactAttribute
{
    public OmniglotFactAttribute()
    {
        if (!Omniglot.IsPresent && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = $"Omniglot is not at {Omniglot.Folder}; put images_background.zip and images_evaluation.zip there.";
    }
}
