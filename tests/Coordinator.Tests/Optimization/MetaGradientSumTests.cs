using Maml.Cluster.Coordinator.Optimization;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Tests.Optimization;

public sealed class MetaGradientSumTests
{
    private const int Count = 19;

    [Fact]
    public void Add_InAnyOrder_GivesTheSameBits()
    {
        const int seed = 3;
        var random = new Random(seed);
        float[][] chunks = [.. Enumerable.Range(0, 8).Select(_ => Draw(random))];
        float[] expected = Mean(chunks, [0, 1, 2, 3, 4, 5, 6, 7]);
        for (int repeat = 0; repeat < 50; repeat++)
        {
            int[] order = [0, 1, 2, 3, 4, 5, 6, 7];
            random.Shuffle(order);
            Mean(chunks, order).ShouldBe(expected, $"seed {seed}, order {string.Join(' ', order)}");
        }

        double[] reference = [.. Enumerable.Range(0, Count).Select(i => chunks.Sum(chunk => (double)chunk[i]) / 32)];
        for (int i = 0; i < Count; i++) ((double)expected[i]).ShouldBe(reference[i], 1e-3 * Math.Max(1, Math.Abs(reference[i])));
    }

    [Fact]
    public void Begin_Again_ForgetsWhatWasAdded()
    {
        var pool = new VectorPool(1);
        var sum = new MetaGradientSum(pool);
        sum.Begin(2);
        sum.Add(1, [5f]);
        sum.Begin(1);
        sum.Add(0, [3f]);
        sum.TakeMean(3, out _)[0].ShouldBe(1f);
    }

    [Fact]
    public void TakeMean_ChunkMissing_Throws()
    {
        var sum = new MetaGradientSum(new VectorPool(1));
        sum.Begin(2);
        sum.Add(1, [1f]);
        Should.Throw<InvalidOperationException>(() => sum.TakeMean(2, out _).Length).Message.ShouldContain("1 of 2 chunks");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Add_Twice_Throws(int chunk)
    {
        var sum = new MetaGradientSum(new VectorPool(1));
        sum.Begin(3);
        sum.Add(chunk, [1f]);
        Should.Throw<ArgumentException>(() => sum.Add(chunk, [1f]));
    }

    private static float[] Draw(Random random) => [.. Enumerable.Range(0, Count).Select(_ => (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(8)))];

    private static float[] Mean(float[][] chunks, int[] order)
    {
        var sum = new MetaGradientSum(new VectorPool(Count));
        sum.Begin(chunks.Length);
        foreach (int chunk in order) sum.Add(chunk, [.. chunks[chunk]]);
        return sum.TakeMean(32, out _).ToArray();
    }
}
