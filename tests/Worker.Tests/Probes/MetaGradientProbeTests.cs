using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Worker.Probes;
using Maml.Cluster.Worker.Tests.Support;

namespace Maml.Cluster.Worker.Tests.Probes;

public sealed class MetaGradientProbeTests
{
    [Fact]
    public async Task ComputeAsync_MoreTasksThanAChunk_IsTheMeanOverAll()
    {
        RunConfiguration configuration = Runs.Sinusoid with { Chunk = new ChunkConfiguration { Tasks = 2 } };
        MetaGradientSample five = await MetaGradientProbe.ComputeAsync(configuration, null, 5, "cpu", Precision.Float32, CancellationToken.None);
        MetaGradientSample whole = await MetaGradientProbe.ComputeAsync(
            configuration with { Chunk = new ChunkConfiguration { Tasks = 5 } }, null, 5, "cpu", Precision.Float32, CancellationToken.None);

        five.SupportX.Shape.ShouldBe([5, 5, 1]);
        five.Theta.Length.ShouldBe(five.Layout.Count);
        Vectors.RelativeError(Vectors.ToDouble(five.MetaGradient), Vectors.ToDouble(whole.MetaGradient)).ShouldBeLessThan(1e-5);
    }

    [Fact]
    public async Task ComputeAsync_SourceWithoutItsDataSet_Throws() => await Should.ThrowAsync<ArgumentException>(
        MetaGradientProbe.ComputeAsync(Runs.Omniglot(Downsample.Stride), null, 1, "cpu", Precision.Float32, CancellationToken.None));

    [Fact]
    public async Task RunAsync_SelfCheckOnTheCpu_Passes()
    {
        IReadOnlyList<GradientCheckResult> results = await GradientSelfCheck.RunAsync("cpu");
        results.Select(result => result.Network).ShouldBe(["perceptron", "conv4 with stride", "conv4 with pooling"]);
        foreach (GradientCheckResult result in results)
        {
            result.Passed.ShouldBeTrue($"{result}");
            result.RelativeError.ShouldBeGreaterThan(0);
        }
    }
}
