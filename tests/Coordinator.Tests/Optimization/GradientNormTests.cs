using Maml.Cluster.Coordinator.Optimization;

namespace Maml.Cluster.Coordinator.Tests.Optimization;

public sealed class GradientNormTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(5003)]
    public void Of_AnyLength_AgreesWithScalarComputation(int count)
    {
        var random = new Random(count);
        float[] vector = [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() - 0.5f) * 100)];
        double expected = Math.Sqrt(vector.Sum(value => (double)value * value));
        GradientNorm.Of(vector).ShouldBe(expected, Math.Max(expected, 1) * 1e-12);
    }

    [Fact]
    public void Of_SquaresBeyondSinglePrecision_DoesNotOverflow() => GradientNorm.Of([3e38f, 0f]).ShouldBe(3e38f, 1e31);

    [Fact]
    public void Clip_AboveTheMaximum_ScalesToIt()
    {
        float[] vector = [3, 4];
        GradientNorm.Clip(vector, 5, 1);
        vector[0].ShouldBe(0.6f, 1e-6f);
        vector[1].ShouldBe(0.8f, 1e-6f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Clip_NotAboveTheMaximumOrNone_ChangesNothing(double maximum)
    {
        float[] vector = [3, 4];
        GradientNorm.Clip(vector, 5, maximum);
        vector.ShouldBe([3f, 4f]);
    }
}
