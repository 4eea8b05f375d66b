namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>Query loss and accuracy of one task after each inner step.</summary>
/// <param name="Loss">Mean query loss.</param>
/// <param name="Accuracy">Share classified correctly, at the same steps; empty for regression.</param>
internal sealed record TaskCurve(IReadOnlyList<float> Loss, IReadOnlyList<float> Accuracy);
