using System.Globalization;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Monitoring;
using Maml.Cluster.Worker.Tests.Support;

namespace Maml.Cluster.Worker.Tests.Telemetry;

public sealed class WorkerMetricsTests
{
    [Fact]
    public async Task Scrape_AfterChunks_ShowsThemAndTheDevice()
    {
        int port = FreePort.Find();
        var problem = new Problem(Runs.Sinusoid, 3);
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address, options => options with { Monitoring = new MonitoringOptions { Port = port } });
        Attachment attachment = await coordinator.AcceptAsync();
        await attachment.SpecifyAsync(problem);
        await attachment.LeaseAsync(problem, 1);
        await attachment.NextResultAsync();
        await attachment.LeaseAsync(problem, 2, change: lease => lease.Purpose = ChunkPurpose.Unspecified);
        await attachment.NextFailureAsync();

        using var client = new HttpClient();
        string page = await client.GetStringAsync($"http://127.0.0.1:{port}/metrics");
        Value(page, "maml_worker_attached{}").ShouldBe(1);
        Value(page, "maml_worker_chunks_total{outcome=\"completed\"}").ShouldBe(1);
        Value(page, "maml_worker_chunks_total{outcome=\"failed\"}").ShouldBe(1);
        Value(page, "maml_worker_chunks_total{outcome=\"revoked\"}").ShouldBe(0);
        Value(page, "maml_worker_tasks_total{}").ShouldBe(3);
        Value(page, "maml_worker_chunk_duration_seconds_count{phase=\"compute\"}").ShouldBe(1);
        Value(page, "maml_worker_device_memory_used_bytes{device=\"cpu\"}").ShouldBeGreaterThan(1 << 20);
        Value(page, "maml_worker_device_memory_limit_bytes{device=\"cpu\"}").ShouldBeGreaterThan(1 << 28);
        Value(page, "dotnet_gc_pause_time_seconds_total{}").ShouldBeGreaterThanOrEqualTo(0);
        page.ShouldContain("target_info{service_name=\"maml-worker\",");
        page.ShouldNotContain("_count{} ", Case.Sensitive, "Prometheus keeps such names for parts of histograms");
    }

    private static double Value(string page, string series)
    {
        string line = page.Split('\n').SingleOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"There is no {series} in:\n{page}");
        return double.Parse(line[(series.Length + 1)..], CultureInfo.InvariantCulture);
    }
}
