using System.Globalization;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Monitoring;

namespace Maml.Cluster.Coordinator.Tests.Telemetry;

/// <summary>What a scraper gets of a real coordinator.</summary>
public sealed class MetricsEndpointTests
{
    [Fact]
    public async Task Scrape_AfterARun_ShowsWhatWasComputed()
    {
        await using TestCoordinator coordinator = await StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        Run run = await coordinator.TrainAsync(Configurations.Logistic(4));
        run.State.ShouldBe(RunState.Completed);

        // A chunk is counted when it has been handed on, which may end the run.
        string page;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        do page = await ScrapeAsync(coordinator, limit.Token);
        while (Value(page, "maml_coordinator_chunk_duration_seconds_count{phase=\"transfer\"}") < worker.Chunks);
        Value(page, $"maml_run_iterations_total{{run=\"{run.RunId}\"}}").ShouldBe(4);
        Value(page, $"maml_run_tasks_total{{run=\"{run.RunId}\"}}").ShouldBe(40);
        Value(page, "maml_coordinator_workers{device=\"cpu\",state=\"active\"}").ShouldBe(1);
        Value(page, "maml_coordinator_leases_ended_total{outcome=\"accepted\"}").ShouldBe(worker.Chunks);
        Value(page, "maml_coordinator_chunk_duration_seconds_count{phase=\"transfer\"}").ShouldBe(worker.Chunks);
        Value(page, "maml_coordinator_round_duration_seconds_count{}").ShouldBe(4);
        Value(page, "maml_coordinator_evaluation_duration_seconds_count{}").ShouldBeGreaterThanOrEqualTo(2);
        Value(page, "maml_coordinator_checkpoint_duration_seconds_count{}").ShouldBeGreaterThanOrEqualTo(2);
        Value(page, "maml_coordinator_broadcast_bytes_total{}").ShouldBeGreaterThan(4 * sizeof(float) * 51);
        Value(page, "maml_coordinator_gathered_bytes_total{}").ShouldBeGreaterThan(4 * sizeof(float) * 51);
        page.ShouldContain($"maml_run_evaluation_accuracy_ratio{{adaptation=\"after\"");
    }

    [Fact]
    public async Task Scrape_WorkerSaysNotANumber_CountsTheRefusal()
    {
        await using TestCoordinator coordinator = await StartAsync();
        await using CannedWorker broken = await CannedWorker.AttachAsync(coordinator.Address, "broken", slots: 1, async (worker, lease) =>
        {
            if (lease.Purpose != ChunkPurpose.MetaGradient) return false;
            ChunkResult answer = CannedLearning.Answer(lease, isClassification: false, parameterCount: 13);
            answer.Curves[0].Loss[0] = float.NaN;
            await worker.SendAsync(new WorkerMessage { Result = answer });
            return true;
        });
        Run run = await coordinator.StartRunAsync(Configurations.Sinusoid());
        string page;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        do page = await ScrapeAsync(coordinator, limit.Token);
        while (Value(page, "maml_coordinator_results_not_finite_total{}") < 1 || Value(page, "maml_coordinator_leases_ended_total{outcome=\"failed\"}") < 1);
        run.RunId.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Scrape_NothingHasHappened_HasEveryCounterAtZero()
    {
        await using TestCoordinator coordinator = await StartAsync();
        string page = await ScrapeAsync(coordinator);
        foreach (string series in new[]
        {
            "maml_coordinator_chunks_retried_total{}", "maml_coordinator_workers_quarantines_total{}", "maml_coordinator_results_not_finite_total{}",
            "maml_coordinator_leases_ended_total{outcome=\"lost\"}", "maml_coordinator_storage_failures_total{kind=\"checkpoint\"}",
            "maml_coordinator_tasks_total{outcome=\"accepted\"}",
        }) Value(page, series).ShouldBe(0, series);
    }

    private static Task<TestCoordinator> StartAsync() =>
        TestCoordinator.StartAsync(options => options with { Monitoring = new MonitoringOptions { Port = 0 } });

    private static async Task<string> ScrapeAsync(TestCoordinator coordinator, CancellationToken cancellationToken = default)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(coordinator.MonitoringAddress!, "/metrics"), cancellationToken);
    }

    private static double Value(string page, string series)
    {
        string line = page.Split('\n').SingleOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"There is no {series} in:\n{page}");
        return double.Parse(line[(series.Length + 1)..], CultureInfo.InvariantCulture);
    }
}
