namespace Maml.Cluster.EndToEnd.Monitoring;

/// <summary>A test that needs Prometheus and promtool: skipped visibly where they are missing, but failing in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PrometheusFactAttribute : FactAttribute
{
    private static readonly string[] Programs = ["prometheus", "promtool"];

    public PrometheusFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true" && !Array.TrueForAll(Programs, IsOnPath))
            Skip = "prometheus and promtool are not on the PATH; on Debian: apt-get install prometheus.";
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
