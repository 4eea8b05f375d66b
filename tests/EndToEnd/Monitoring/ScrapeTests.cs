using System.Text.Json;
using System.Text.RegularExpressions;

namespace Maml.Cluster.EndToEnd.Monitoring;

/// <summary>A minute of training, scraped every other second: what the scraper itself thinks of it.</summary>
[Collection(nameof(ScrapedTraining))]
public sealed partial class ScrapeTests(ScrapedTraining training)
{
    [PrometheusFact]
    public async Task Targets_ForAMinuteOfTraining_AreUpWithoutAFault()
    {
        await training.WatchAsync();
        DateTimeOffset end = training.Since + ScrapedTraining.Watched;
        (await ReadAsync("min_over_time(up[60s])", end)).ShouldBe([1, 1, 1]);
        (await ReadAsync("count_over_time(up[60s]) >= 29", end)).Length.ShouldBe(3, "each target is scraped every other second");
        (await ReadAsync("min_over_time(rate(maml_run_iterations_total[10s])[50s:1s]) > 0", end)).Length.ShouldBe(2, "both runs make iterations all along");

        JsonElement targets = (await training.Prometheus.AskAsync("/api/v1/targets")).GetProperty("activeTargets");
        targets.GetArrayLength().ShouldBe(3);
        foreach (JsonElement target in targets.EnumerateArray())
        {
            target.GetProperty("health").GetString().ShouldBe("up", target.ToString());
            target.GetProperty("lastError").GetString().ShouldBeEmpty();
        }
    }

    [PrometheusFact]
    public async Task Pages_ForAMinuteOfTraining_AreParsedWithoutAWarning()
    {
        await training.WatchAsync();
        string[] lines = training.Prometheus.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Where(line => line.Contains("level=warn", StringComparison.Ordinal) || line.Contains("level=error", StringComparison.Ordinal)).ShouldBeEmpty();

        // Until all hosts listen, scrapes have to fail.
        lines.Where(line => line.Contains("err=", StringComparison.Ordinal) && TimeOf(line) >= training.Since).ShouldBeEmpty();
        string own = await training.Prometheus.ReadItsOwnAsync();
        Match[] refused = Refused().Matches(own).ToArray();
        refused.Length.ShouldBeGreaterThanOrEqualTo(6);
        refused.Where(count => count.Groups[1].Value != "0").Select(count => count.Value).ShouldBeEmpty();
    }

    [PrometheusFact]
    public async Task Metrics_OfEveryHost_PassPromtool()
    {
        await training.UntilAsync(async () => (await training.Prometheus.ReadAsync("maml_run_evaluation_accuracy_ratio")).Length > 0 ? null : "no evaluation");
        foreach (int port in training.Ports)
        {
            string page = await training.ScrapeAsync(port);
            page.Length.ShouldBeGreaterThan(1000);
            (int exitCode, string output) = await Promtool.RunAsync(page, "check", "metrics");
            output.ShouldBeEmpty();
            exitCode.ShouldBe(0);
        }
    }

    private Task<double[]> ReadAsync(string query, DateTimeOffset at) => training.Prometheus.ReadNowAsync(query, at);

    private static DateTimeOffset TimeOf(string line) =>
        Time().Match(line) is { Success: true } time ? DateTimeOffset.Parse(time.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : DateTimeOffset.MaxValue;

    [GeneratedRegex(@"ts=(\S+)")]
    private static partial Regex Time();

    // Samples of a page that were not taken as they stood, by Prometheus' own count.
    [GeneratedRegex(@"^prometheus_target_scrapes_(?:exceeded|sample|exemplar)_\w+_total (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Refused();
}
