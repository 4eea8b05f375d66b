namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>A test that asks Python: skipped visibly where there is none, but failing in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")) && !folders.Any(folder => File.Exists(Path.Combine(folder, "python3"))))
            Skip = "There is no python3 on the PATH.";
    }
}
