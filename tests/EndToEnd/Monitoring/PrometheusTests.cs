using System.Text.Json;

namespace Maml.Cluster.EndToEnd.Monitoring;

/// <summary>A real Prometheus beside a real training.</summary>
[Collection(nameof(ScrapedTraining))]
public sealed class PrometheusTests(ScrapedTraining training)
{
    [PrometheusFact]
    public async Task Instruments_All_HaveSamplesOfTheirTypeAndUnit()
    {
        string[] missing = [];
        await training.UntilAsync(async () =>
        {
            JsonElement metadata = await training.Prometheus.AskAsync("/api/v1/metadata");
            missing = [.. ExpectedInstruments.All.Where(instrument => !instrument.IsIn(metadata)).Select(instrument => instrument.ToString())];
            return missing.Length == 0 ? null : $"These are not described as they should be: {string.Join(", ", missing)}\n{metadata}";
        });
        await training.UntilAsync(async () =>
        {
            foreach (ExpectedInstrument instrument in ExpectedInstruments.All)
                if ((await training.Prometheus.ReadAsync(instrument.Sample)).Length == 0) return $"{instrument.Sample} has no samples";
            return null;
        });
    }

    [PrometheusFact]
    public async Task Instruments_OfThisProject_AreAllExpected()
    {
        await training.UntilAsync(async () => (await training.Prometheus.ReadAsync("maml_run_evaluation_accuracy_ratio")).Length > 0 ? null : "no evaluation");
        JsonElement metadata = await training.Prometheus.AskAsync("/api/v1/metadata");
        string[] names = [.. metadata.EnumerateObject().Select(entry => entry.Name).Where(name => name.StartsWith("maml_", StringComparison.Ordinal))];
        names.Except(ExpectedInstruments.All.Concat(ExpectedInstruments.Shared).Select(instrument => instrument.Family)).ShouldBeEmpty("add what is new to the list, and to docs/monitoring.md");
    }

    [PrometheusFact]
    public async Task Dashboards_EveryQuery_ReturnsData()
    {
        DashboardQuery[] open = [.. DashboardQuery.All()];
        open.Length.ShouldBeGreaterThan(60);
        await training.UntilAsync(async () =>
        {
            var left = new List<DashboardQuery>();
            foreach (DashboardQuery query in open)
                if ((await training.Prometheus.ReadAsync(query.Expression)).Length == 0) left.Add(query);
            open = [.. left];
            return open.Length == 0 ? null : $"These return nothing:\n{string.Join('\n', open.Select(query => query.ToString()))}";
        });
    }

    [PrometheusFact]
    public async Task Rules_WhileTraining_AreEvaluatedAndSilent()
    {
        await training.UntilAsync(async () => (await training.Prometheus.ReadAsync("maml_run_evaluation_accuracy_ratio")).Length > 0 ? null : "no evaluation");
        JsonElement groups = (await training.Prometheus.AskAsync("/api/v1/rules")).GetProperty("groups");
        JsonElement[] rules = [.. groups.EnumerateArray().SelectMany(group => group.GetProperty("rules").EnumerateArray())];
        rules.Length.ShouldBeGreaterThanOrEqualTo(10);
        foreach (JsonElement rule in rules)
        {
            rule.GetProperty("health").GetString().ShouldNotBe("err", rule.ToString());
            rule.GetProperty("state").GetString().ShouldNotBe("firing", rule.ToString());
        }
    }
}
