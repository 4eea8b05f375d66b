using Maml.Cluster.Cli.Benchmarks.Measuring;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Tests.Benchmarks.Measuring;

public sealed class IterationSplitTests
{
    [Fact]
    public void Of_SeveralIterations_IsTheirMeanAndAddsUp()
    {
        IterationSplit split = IterationSplit.Of(seconds: 2, [Timings(scale: 1), Timings(scale: 3)]);
        split.Iteration.ShouldBe(2000);
        split.Sample.ShouldBe(2 * 110, 1e-9);
        split.Broadcast.ShouldBe(2 * 70, 1e-9);
        split.Compute.ShouldBe(2 * 500, 1e-9);
        (split.InnerSteps + split.Query + split.MetaGradient).ShouldBe(2 * 450, 1e-9);
        (split.Sample + split.Broadcast + split.Queue + split.Compute + split.Gather + split.Idle + split.Reduce + split.Adam + split.Other)
            .ShouldBe(split.Iteration, 1e-9);
        split.CoordinationShare.ShouldBe(0.5, 1e-9);
    }

    private static IterationTimings Timings(double scale) => new()
    {
        SampleSeconds = 0.010 * scale,
        SampleAheadSeconds = 0.900 * scale,
        PublishSeconds = 0.020 * scale,
        SendSeconds = 0.050 * scale,
        QueueSeconds = 0.005 * scale,
        TensorsSeconds = 0.100 * scale,
        ComputeSeconds = 0.500 * scale,
        InnerStepsSeconds = 0.200 * scale,
        QuerySeconds = 0.100 * scale,
        MetaGradientSeconds = 0.150 * scale,
        GatherSeconds = 0.060 * scale,
        IdleSeconds = 0.040 * scale,
        ReduceSeconds = 0.007 * scale,
        UpdateSeconds = 0.003 * scale,
    };
}
