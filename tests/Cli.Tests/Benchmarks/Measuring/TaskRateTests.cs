using Maml.Cluster.Cli.Benchmarks.Measuring;

namespace Maml.Cluster.Cli.Tests.Benchmarks.Measuring;

public sealed class TaskRateTests
{
    [Fact]
    public void Of_TenIterations_HasFiveSlicesOfTwo()
    {
        // The last two take twice as long.
        (ulong, double)[] ends = [.. Enumerable.Range(0, 9).Select(i => ((ulong)(100 + i), 1.0 * i)), (109, 10), (110, 12)];
        TaskRate rate = TaskRate.Of(ends, tasksPerIteration: 8);
        rate.Mean.ShouldBe(10 * 8 / 12.0);
        rate.Slices.ShouldBe([8, 8, 8, 8, 4]);
        (rate.Minimum, rate.Maximum).ShouldBe((4, 8));
    }

    [Fact]
    public void Of_FewIterations_HasASliceForEach() =>
        TaskRate.Of([(1, 0), (2, 1), (3, 3)], tasksPerIteration: 4).Slices.ShouldBe([4, 2]);

    [Fact]
    public void Of_IterationsThatWereNotSeen_CountsThem() =>
        TaskRate.Of([(1, 0), (11, 5)], tasksPerIteration: 3).ShouldSatisfyAllConditions(rate => rate.Mean.ShouldBe(6), rate => rate.Slices.ShouldBe([6]));
}
