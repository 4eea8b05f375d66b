using Maml.Cluster.Coordinator.Optimization;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Tests.Optimization;

public sealed class GroupedMetaGradientSumTests
{
    private const int Count = 4099;
    private const int Tasks = 32;

    [Theory]
    [InlineData(GradientPrecision.Float32)]
    [InlineData(GradientPrecision.BFloat16)]
    [InlineData(GradientPrecision.Float16)]
    public void Add_ChunksAndWholeGroupsInAnyOrder_GivesTheReferencesBits(GradientPrecision precision)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            int chunks = random.Next(1, 20);
            int group = random.Next(2, 8);
            float[][] sums = [.. Enumerable.Range(0, chunks).Select(_ => Draw(random, precision))];
            float[] expected = Reference(sums, group, precision);

            var pool = new VectorPool(Count);
            var sum = new MetaGradientSum(pool, group, precision);
            for (int repeat = 0; repeat < 3; repeat++)
            {
                sum.Begin(chunks);
                foreach ((int first, int count) in Shuffled(chunks, group, random)) sum.Add(first, GroupSum(sums, first, count, precision), count);
                sum.IsComplete.ShouldBeTrue();
                sum.TakeMean(Tasks, out _).ToArray().ShouldBe(expected, $"seed {seed}, {chunks} chunks in groups of {group}");
            }
        }
    }

    [Fact]
    public void TakeMean_GroupsOfOneAndNone_GiveTheSameBits()
    {
        var random = new Random(5);
        float[][] sums = [.. Enumerable.Range(0, 9).Select(_ => Draw(random, GradientPrecision.Float32))];
        float[][] means = [.. new[] { 0, 1, 3, 100 }.Select(group =>
        {
            var sum = new MetaGradientSum(new VectorPool(Count), group);
            sum.Begin(sums.Length);
            for (int chunk = 0; chunk < sums.Length; chunk++) sum.Add(chunk, [.. sums[chunk]]);
            return sum.TakeMean(Tasks, out _).ToArray();
        })];

        means[1].ShouldBe(means[0]);
        means[2].ShouldNotBe(means[0], "brackets make a difference, or this test shows nothing");
        means[3].ShouldBe(means[0], "one group that holds all is today's sum");
    }

    [Theory]
    [InlineData(0, 3, "was added before")]
    [InlineData(1, 1, "was added before")]
    [InlineData(4, 2, "expected one chunk, or the 3 from chunk 3 on")]
    [InlineData(3, 2, "expected one chunk, or the 3 from chunk 3 on")]
    public void Add_WhatIsNoGroupOrWasAddedBefore_Throws(int chunk, int count, string fault)
    {
        var sum = new MetaGradientSum(new VectorPool(1), group: 3);
        sum.Begin(8);
        sum.Add(1, [1f]);

        Should.Throw<ArgumentException>(() => sum.Add(chunk, [1f], count)).Message.ShouldContain(fault);
    }

    [Fact]
    public void Begin_AmidGroups_GivesTheirVectorsBackAndForgetsThem()
    {
        var pool = new VectorPool(1);
        var sum = new MetaGradientSum(pool, group: 2);
        sum.Begin(4);
        sum.Add(3, [5f]);
        sum.Add(0, [7f]);
        sum.Begin(3);
        sum.Add(2, [4f]);
        sum.Add(0, [3f], count: 2);

        sum.TakeMean(7, out _)[0].ShouldBe(1f);
        new[] { pool.Rent()[0], pool.Rent()[0], pool.Rent()[0] }.ShouldBe([4f, 5f, 7f], ignoreOrder: true);
    }

    // What the wire makes of it, as an aggregator gets and gives it.
    private static float[] Draw(Random random, GradientPrecision precision)
    {
        float[] vector = [.. Enumerable.Range(0, Count).Select(_ => (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-6, 8)))];
        return OverTheWire(vector, precision);
    }

    private static float[] OverTheWire(float[] vector, GradientPrecision precision)
    {
        float[] received = new float[vector.Length];
        var assembler = new VectorAssembler("run", 1, received, precision);
        foreach (Protos.V1.VectorFrame frame in VectorFraming.Cut("run", 1, vector, precision)) assembler.Add(frame);
        assembler.IsComplete.ShouldBeTrue();
        return received;
    }

    private static float[] GroupSum(float[][] sums, int first, int count, GradientPrecision precision)
    {
        float[] sum = [.. sums[first]];
        for (int chunk = first + 1; chunk < first + count; chunk++)
            for (int i = 0; i < Count; i++) sum[i] += sums[chunk][i];

        // An aggregator sends a single chunk's on as well: whatever was rounded before must stay as it is.
        return OverTheWire(sum, precision);
    }

    private static float[] Reference(float[][] sums, int group, GradientPrecision precision)
    {
        float[]? total = null;
        for (int first = 0; first < sums.Length; first += group)
        {
            float[] next = GroupSum(sums, first, Math.Min(group, sums.Length - first), precision);
            if (total is null) total = next;
            else for (int i = 0; i < Count; i++) total[i] += next[i];
        }

        for (int i = 0; i < Count; i++) total![i] /= Tasks;
        return total!;
    }

    private static (int First, int Count)[] Shuffled(int chunks, int group, Random random)
    {
        var parts = new List<(int First, int Count)>();
        for (int first = 0; first < chunks; first += group)
        {
            int count = Math.Min(group, chunks - first);
            if (random.Next(2) == 0) parts.Add((first, count));
            else for (int chunk = first; chunk < first + count; chunk++) parts.Add((chunk, 1));
        }

        (int First, int Count)[] shuffled = [.. parts];
        random.Shuffle(shuffled);
        return shuffled;
    }
}
