namespace Maml.Cluster.Tests.Surface;

/// <summary>A test that needs <see cref="SharedFolder"/>: skipped where that is absent, except in CI, where it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        if (!SharedFolder.IsRequired && !Directory.Exists(SharedFolder.Surfaces))
            Skip = SharedFolder.Absence;
    }
}
