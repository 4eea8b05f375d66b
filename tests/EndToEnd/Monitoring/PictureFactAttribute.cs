using System.Diagnostics;

namespace Maml.Cluster.EndToEnd.Monitoring;

/// <summary>A test that draws dashboards from what a Prometheus knows: skipped visibly where a program is missing, but failing in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PictureFactAttribute : FactAttribute
{
    /// <summary>Debian's interpreter, not another one that may come first on the path: python3-matplotlib belongs to it.</summary>
    public const string Python = "/usr/bin/python3";

    public PictureFactAttribute()
    {
        Skip = new PrometheusFactAttribute().Skip;
        if (Skip is null && Environment.GetEnvironmentVariable("CI") != "true" && !HasMatplotlib())
            Skip = $"{Python} has no matplotlib; on Debian: apt-get install python3-matplotlib.";
    }

    private static bool HasMatplotlib()
    {
        if (!File.Exists(Python)) return false;
        using Process process = Process.Start(new ProcessStartInfo(Python, ["-c", "import matplotlib"]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
