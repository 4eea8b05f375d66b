using System.Text.Json;

namespace Maml.Cluster.EndToEnd.Monitoring;

/// <summary>A query of a dashboard, as Grafana would send it with all runs chosen.</summary>
/// <param name="Place">Dashboard and panel.</param>
/// <param name="Expression">In PromQL.</param>
internal sealed record DashboardQuery(string Place, string Expression)
{
    // Four scrapes of a second each; Grafana takes four intervals too.
    private const string RateInterval = "5s";

    /// <summary>All queries of all dashboards.</summary>
    public static IEnumerable<DashboardQuery> All() => DeployFolder.Dashboards.SelectMany(Read);

    private static IEnumerable<DashboardQuery> Read(string path)
    {
        using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(path));
        foreach (JsonElement panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
        {
            // The heading of a row asks nothing.
            if (panel.GetProperty("type").GetString() == "row") continue;
            foreach (JsonElement target in panel.GetProperty("targets").EnumerateArray())
            {
                yield return new DashboardQuery(
                    $"{Path.GetFileName(path)}: {panel.GetProperty("title").GetString()} {target.GetProperty("refId").GetString()}",
                    target.GetProperty("expr").GetString()!
                        .Replace("$__rate_interval", RateInterval, StringComparison.Ordinal)
                        .Replace("$run", ".+", StringComparison.Ordinal));
            }
        }
    }
}
