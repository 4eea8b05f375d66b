namespace Maml.Cluster.Coordinator.Runs.Training;

/// <summary>What an iteration gave.</summary>
/// <param name="QueryLoss">Mean query loss after each inner step, 1…S; not a number where it was not measured.</param>
/// <param name="QueryAccuracy">Mean query accuracy at the same steps; empty for regression.</param>
/// <param name="MetaGradientNorm">Euclidean norm of the averaged meta-gradient, before clipping.</param>
/// <param name="LearningRate">Adam's step size.</param>
/// <param name="Timings">Where its time went, for as many workers as answered.</param>
internal sealed record IterationOutcome(
    IReadOnlyList<float> QueryLoss, IReadOnlyList<float> QueryAccuracy, double MetaGradientNorm, double LearningRate, IterationTimings Timings);
