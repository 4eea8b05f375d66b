using Maml.Cluster.Coordinator.Optimization;

namespace Maml.Cluster.Coordinator.Tests.Optimization;

public sealed class GradientNormTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1024)]
    [InlineData(5003)]
    public void DivideAndMeasure_AnyLength_GivesTheBitsOfOneAfterTheOther(int count)
    {
        var random = new Random(count);
        float[] vector = [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() - 0.5f) * 100)];
        float[] quotient = [.. vector.Select(value => value / 7)];
        GradientNorm.DivideAndMeasure(vector, 7).ShouldBe(GradientNorm.Of(quotient));
        vector.ShouldBe(quotient);
    }

    [Fact]
    public void Of_AnyMachine_GivesTheBitsOfFourLanesInBlocks()
    {
        var random = new Random(8);
        float[] vector = [.. Enumerable.Range(0, 3003).Select(_ => (random.NextSingle() - 0.5f) * 100)];
        double total = 0;
        foreach (float[] block in vector.Chunk(1024))
        {
            double[] lanes = new double[4];
            int whole = block.Length - (block.Length % 4);
            for (int i = 0; i < whole; i++) lanes[i % 4] += (double)block[i] * block[i];
            double rest = 0;
            for (int i = whole; i < block.Length; i++) rest += (double)block[i] * block[i];
            total += (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]) + rest;
        }

        GradientNorm.Of(vector).ShouldBe(Math.Sqrt(total));
    }

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
