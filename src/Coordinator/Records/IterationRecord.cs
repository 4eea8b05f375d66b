using Maml.Cluster.Coordinator.Runs.Training;

namespace Maml.Cluster.Coordinator.Records;

/// <summary>What is kept of an iteration.</summary>
/// <param name="Iteration">Iterations done, this one included.</param>
/// <param name="Seconds">Seconds since the run's training began, evaluations included.</param>
/// <param name="QueryLoss">Mean query loss after each inner step, 1…S; not a number where it was not measured.</param>
/// <param name="QueryAccuracy">Mean query accuracy at the same steps; empty for regression.</param>
/// <param name="MetaGradientNorm">Euclidean norm of the averaged meta-gradient, before clipping.</param>
/// <param name="LearningRate">Adam's step size.</param>
/// <param name="TasksPerSecond">Tasks a second over the last seconds of training.</param>
/// <param name="Workers">Workers attached.</param>
internal sealed record IterationRecord(
    long Iteration,
    double Seconds,
    IReadOnlyList<float> QueryLoss,
    IReadOnlyList<float> QueryAccuracy,
    double MetaGradientNorm,
    double LearningRate,
    double TasksPerSecond,
    int Workers)
{
    /// <summary>Mean query loss of the meta-batch after the last inner step.</summary>
    public float MetaLoss => QueryLoss[^1];

    /// <summary>Whether the query losses were measured after each inner step.</summary>
    public bool HasWholeCurve => !QueryLoss.Any(float.IsNaN);

    /// <summary>Where its time went, for all workers attached.</summary>
    public IterationTimings Timings { get; init; }
}
