namespace Maml.Cluster.Shared.Configuration;

/// <summary>The outer loop.</summary>
public sealed record OuterConfiguration
{
    /// <summary>What turns meta-gradients into updates.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Adam's step size at the first iteration. 0.001 by default, as in the paper and in Adam's own.</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>How the step size changes. Constant by default, as in the paper.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>Tasks in a meta-batch. 32 by default, as for the paper's Omniglot.</summary>
    public int TasksPerIteration { get; init; } = 32;

    /// <summary>Iterations of the run.</summary>
    public long Iterations { get; init; } = 1000;

    /// <summary>The averaged meta-gradient is scaled down to this norm when it exceeds it; 0, the default, means never.</summary>
    public double ClipNorm { get; init; }

    /// <summary>
    /// Iterations from one whole adaptation curve to the next: query loss and accuracy after every inner step. In the others they are
    /// measured after the last step only. 10 by default: each step of a curve costs a pass over the query set, up to two thirds of an
    /// iteration where query sets are large, and the mean of a meta-batch is noise between neighbours. 1 measures all, 0 none.
    /// </summary>
    public long CurveEvery { get; init; } = 10;

    /// <summary>
    /// How sums of meta-gradients cross the wire. float32 by default: the others halve the bytes from the workers, and round what they sum.
    /// </summary>
    public GradientPrecision GradientPrecision { get; init; } = GradientPrecision.Float32;
}
