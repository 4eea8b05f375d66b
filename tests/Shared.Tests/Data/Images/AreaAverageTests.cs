using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Shared.Tests.Data.Images;

public sealed class AreaAverageTests
{
    [Fact]
    public void Shrink_WholeRatio_IsTheMeanOfEachBlock()
    {
        byte[] source =
        [
            0, 10, 100, 100,
            20, 30, 100, 100,
            255, 255, 1, 1,
            255, 255, 1, 2,
        ];
        var target = new byte[4];

        new AreaAverage(4, 2).Shrink(source, target);

        target.ShouldBe([15, 100, 255, 1]);
    }

    [Fact]
    public void Shrink_FractionalRatio_CountsEdgePixelsByTheirPart()
    {
        // A target pixel covers 1.5 source pixels: the middle row and column belong to both sides by half.
        byte[] source =
        [
            90, 0, 0,
            0, 0, 0,
            0, 0, 180,
        ];
        var target = new byte[4];

        new AreaAverage(3, 2).Shrink(source, target);

        target.ShouldBe([40, 0, 0, 80]);
    }

    [Theory]
    [InlineData(105, 28)]
    [InlineData(28, 28)]
    [InlineData(29, 28)]
    public void Shrink_AnyRatio_KeepsTheMean(int sourceSide, int targetSide)
    {
        const int seed = 17;
        var source = new byte[sourceSide * sourceSide];
        new Random(seed).NextBytes(source);
        var target = new byte[targetSide * targetSide];

        new AreaAverage(sourceSide, targetSide).Shrink(source, target);

        target.Average(p => (double)p).ShouldBe(source.Average(p => (double)p), tolerance: 0.1, $"seed {seed}");
    }
}
