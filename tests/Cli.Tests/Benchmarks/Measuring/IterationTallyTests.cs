using Maml.Cluster.Cli.Benchmarks.Measuring;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Tests.Benchmarks.Measuring;

public sealed class IterationTallyTests
{
    private static readonly BenchmarkLength TenSeconds = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10), Iterations: null);

    [Fact]
    public void Add_BeforeAllWorkersAreThere_IsNoWarmUp()
    {
        var tally = new IterationTally(TenSeconds, workers: 2);
        for (int i = 1; i <= 20; i++) tally.Add(Iteration(i, seconds: i, workers: 1));
        tally.IsMeasuring.ShouldBeFalse();
        for (int i = 21; i <= 23; i++) tally.Add(Iteration(i, seconds: i));
        tally.IsMeasuring.ShouldBeFalse("two seconds of warm-up have passed");
        tally.Add(Iteration(24, seconds: 24));
        tally.IsMeasuring.ShouldBeTrue();
    }

    [Fact]
    public void Add_SlowIterations_WarmUpWithThree()
    {
        var tally = new IterationTally(TenSeconds, workers: 2);
        tally.Add(Iteration(1, seconds: 10));
        tally.Add(Iteration(2, seconds: 20));
        tally.IsMeasuring.ShouldBeFalse();
        tally.Add(Iteration(3, seconds: 30));
        tally.IsMeasuring.ShouldBeTrue();
    }

    [Fact]
    public void Add_UntilTheTimeIsOver_TakesNoMore()
    {
        IterationTally tally = Measure(TenSeconds, iterations: 40);
        (tally.Iterations, tally.Seconds).ShouldBe((10, 10));
        tally.Timings.Count.ShouldBe(10);
        tally.Ends[0].ShouldBe((4UL, 4.0), "the warm-up ends with the fourth");
    }

    [Fact]
    public void Add_UntilTheIterationsAreDone_TakesNoMore() =>
        Measure(TenSeconds with { Iterations = 7 }, iterations: 40).Iterations.ShouldBe(7);

    [Fact]
    public void Add_EventsThatWereTooMany_CountAsIterationsAllTheSame()
    {
        var tally = new IterationTally(TenSeconds, workers: 2);
        foreach (int i in new[] { 1, 2, 3, 4, 5, 9, 10, 11, 14 }) tally.Add(Iteration(i, seconds: i));
        tally.IsEnough.ShouldBeTrue();
        (tally.Iterations, tally.Seconds, tally.Timings.Count).ShouldBe((10, 10, 5));
    }

    private static IterationTally Measure(BenchmarkLength length, int iterations)
    {
        var tally = new IterationTally(length, workers: 2);
        for (int i = 1; i <= iterations; i++) tally.Add(Iteration(i, seconds: i));
        tally.IsEnough.ShouldBeTrue();
        return tally;
    }

    private static IterationEvent Iteration(int number, double seconds, uint workers = 2) =>
        new() { Iteration = (ulong)number, Seconds = seconds, Workers = workers, Timings = new IterationTimings() };
}
