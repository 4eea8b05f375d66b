using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Monitoring.Otlp;

/// <summary>What a collector gets of a training.</summary>
public sealed class OtlpTests
{
    private const int Iterations = 40;

    [Fact]
    public async Task Train_WithACollector_SendsATraceAnIterationAndMetrics()
    {
        await using OtlpCollector collector = await OtlpCollector.StartAsync();
        using var runs = new TemporaryFolder();
        (await TrainAsync(runs, collector.Address, "--otlp-endpoint", collector.Address)).ShouldSucceed();

        ReceivedSpan[] spans = [.. collector.Spans];
        ReceivedSpan[] iterations = [.. spans.Where(span => span.Name == "iteration")];
        iterations.Length.ShouldBe(Iterations);
        iterations.Select(iteration => iteration["maml.iteration"]).ShouldBe(Enumerable.Range(0, Iterations).Select(number => $"{number}"), ignoreOrder: true);
        iterations.Select(iteration => iteration.Trace).Distinct().Count().ShouldBe(Iterations, "each is a trace of its own");
        foreach (ReceivedSpan iteration in iterations) ShouldBeWhole(iteration, [.. spans.Where(span => span.Trace == iteration.Trace)]);

        collector.Metrics["maml-coordinator maml.run.iterations"].ShouldBe("{iteration}");
        collector.Metrics["maml-coordinator maml.coordinator.chunk.duration"].ShouldBe("s");
        collector.Metrics["maml-worker maml.worker.chunk.duration"].ShouldBe("s");
        collector.Metrics.Keys.ShouldContain("maml-worker dotnet.gc.collections");
    }

    [Fact]
    public async Task Train_CollectorThatDoesNotAnswer_TrainsAllTheSame()
    {
        using var runs = new TemporaryFolder();
        int nobody = FreePort.Find();
        (await TrainAsync(runs, "", "--otlp-endpoint", $"http://127.0.0.1:{nobody}")).ShouldSucceed();
    }

    [Fact]
    public async Task Train_StandardVariable_IsEnough()
    {
        await using OtlpCollector collector = await OtlpCollector.StartAsync();
        using var runs = new TemporaryFolder();
        (await TrainAsync(runs, collector.Address)).ShouldSucceed();
        collector.Spans.ShouldContain(span => span.Name == "iteration");
        collector.Metrics.Keys.ShouldContain("maml-coordinator maml.run.iterations");
    }

    private static void ShouldBeWhole(ReceivedSpan iteration, ReceivedSpan[] trace)
    {
        iteration.Parent.ShouldBeEmpty();
        iteration.Service.ShouldBe("maml-coordinator");
        foreach (string once in new[] { "reduce", "adam", "checkpoint" })
            trace.Single(span => span.Name == once).Parent.ShouldBe(iteration.Id, once);
        trace.Where(span => span.Name == "broadcast").ShouldAllBe(span => span.Parent == iteration.Id);

        // Once for each worker that computes; the first θ came with the evaluation before.
        int least = iteration["maml.iteration"] == "0" ? 0 : 1;
        trace.Count(span => span.Name == "broadcast").ShouldBeInRange(least, 2);

        ReceivedSpan[] leases = [.. trace.Where(span => span.Name == "chunk" && span["maml.outcome"] == "accepted")];
        leases.Select(lease => lease["maml.chunk"]).ShouldBe(["0", "1", "2", "3"], ignoreOrder: true);
        leases.ShouldAllBe(lease => lease.Parent == iteration.Id);
        foreach (ReceivedSpan lease in leases)
        {
            ReceivedSpan computed = trace.Single(span => span.Name == "compute chunk" && span.Parent == lease.Id);
            computed.Service.ShouldBe("maml-worker");
            computed["maml.chunk"].ShouldBe(lease["maml.chunk"]);
            computed.Span.StartTimeUnixNano.ShouldBeGreaterThanOrEqualTo(lease.Span.StartTimeUnixNano);
        }
    }

    private static async Task<MamlResult> TrainAsync(TemporaryFolder runs, string variable, params string[] more)
    {
        await using MamlProcess process = MamlProcess.Start(
            [
                "train", "sinusoid", "--workers", "2", "--iterations", $"{Iterations}", "--output", runs.Path, "--quiet", "--set", "checkpoints.every=1",
                "--set", "evaluation.every=0", "--set", "evaluation.tasks=10", "--set", "chunk.tasks=7", .. more,
            ],
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = variable,

                // At once, so that nothing is left for the second that a worker has at its end.
                ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
            });
        return await process.WaitAsync(TimeSpan.FromMinutes(2));
    }
}
