namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>A test that mounts a small disk: skipped visibly where that is not allowed, but failing in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> WhyNot = new(SmallDisk.WhyNot);

    public SmallDiskFactAttribute()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")) && WhyNot.Value is { } reason)
            Skip = $"A disk of 1 MiB cannot be mounted here; run the tests as root, with the right to mount. {reason}";
    }
}
