using Maml.Cluster.Shared.Randomness;

namespace Maml.Cluster.Shared.Tests.Randomness;

public sealed class RandomStreamTests
{
    private const int Draws = 100_000;

    [Fact]
    public void NextBits_SameSeedAndStream_RepeatsItself()
    {
        var first = new RandomStream(7, 3);
        var second = new RandomStream(7, 3);
        for (int i = 0; i < 100; i++) first.NextBits().ShouldBe(second.NextBits());
    }

    [Fact]
    public void NextBits_OtherSeedOrStream_SharesNothing()
    {
        static HashSet<ulong> Take(RandomStream stream) => [.. Enumerable.Range(0, 1000).Select(_ => stream.NextBits())];
        HashSet<ulong> reference = Take(new RandomStream(7, 3));
        reference.Count.ShouldBe(1000);
        reference.Overlaps(Take(new RandomStream(8, 3))).ShouldBeFalse();
        reference.Overlaps(Take(new RandomStream(7, 4))).ShouldBeFalse();
    }

    [Fact]
    public void NextDouble_ManyDraws_HasUniformMoments()
    {
        var random = new RandomStream(1, 0);
        double[] values = [.. Enumerable.Range(0, Draws).Select(_ => random.NextDouble())];
        values.ShouldAllBe(value => value >= 0 && value < 1);
        values.Average().ShouldBe(0.5, 0.005);
        values.Average(value => Math.Pow(value - 0.5, 2)).ShouldBe(1.0 / 12, 0.001);
    }

    [Fact]
    public void NextNormal_ManyDraws_HasNormalMoments()
    {
        var random = new RandomStream(2, 0);
        double[] values = [.. Enumerable.Range(0, Draws).Select(_ => random.NextNormal())];
        values.Average().ShouldBe(0, 0.015);
        values.Average(value => value * value).ShouldBe(1, 0.02);
        values.Average(value => Math.Pow(value, 4)).ShouldBe(3, 0.15);
    }

    [Fact]
    public void NextInteger_ManyDraws_HitsEveryValueEquallyOften()
    {
        var random = new RandomStream(3, 0);
        int[] counts = new int[7];
        for (int i = 0; i < Draws; i++) counts[random.NextInteger(7)]++;
        counts.ShouldAllBe(count => Math.Abs(count - (Draws / 7.0)) < 500);
    }

    [Fact]
    public void NextDistinct_WholePopulation_IsAPermutation()
    {
        var random = new RandomStream(4, 0);
        int[] values = new int[20];
        random.NextDistinct(values, 20);
        values.Order().ShouldBe(Enumerable.Range(0, 20));
    }

    [Fact]
    public void NextDistinct_MorePlacesThanIntegers_Throws()
    {
        var random = new RandomStream(5, 0);
        Should.Throw<ArgumentOutOfRangeException>(() => random.NextDistinct(new int[3], 2));
    }
}
