namespace Maml.Cluster.Cli.Benchmarks.Measuring;

/// <summary>How long a benchmark takes.</summary>
/// <param name="WarmUp">Time from the first iteration that all workers took part in until the measurement begins.</param>
/// <param name="Measured">Least time of the measurement.</param>
/// <param name="Iterations">Iterations of the measurement in the place of a time; null for a time.</param>
internal sealed record BenchmarkLength(TimeSpan WarmUp, TimeSpan Measured, long? Iterations)
{
    /// <summary>Fewer iterations than this say nothing, however long they take.</summary>
    private const int FewestWarmUpIterations = 3;

    /// <summary>Whether the measurement may begin.</summary>
    /// <param name="iterations">Iterations of all workers so far.</param>
    /// <param name="passed">Time since the first of them.</param>
    public bool IsWarm(int iterations, TimeSpan passed) => iterations >= FewestWarmUpIterations && passed >= WarmUp;

    /// <summary>Whether enough was measured.</summary>
    /// <param name="iterations">Iterations since the warm-up.</param>
    /// <param name="passed">Time since the warm-up.</param>
    public bool IsEnough(long iterations, TimeSpan passed) => Iterations is { } wanted
        ? iterations >= wanted
        : iterations >= TaskRate.MostSlices && passed >= Measured;
}
