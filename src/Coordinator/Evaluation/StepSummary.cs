namespace Maml.Cluster.Coordinator.Evaluation;

/// <summary>Means over held-out tasks after some inner steps.</summary>
/// <param name="Step">Inner steps taken.</param>
/// <param name="Loss">Mean query loss.</param>
/// <param name="LossCi95">Half-width of its 95 % confidence interval; not a number for a single task.</param>
/// <param name="Accuracy">Mean query accuracy; null for regression.</param>
/// <param name="AccuracyCi95">Half-width of its 95 % confidence interval; null for regression.</param>
internal sealed record StepSummary(int Step, double Loss, double LossCi95, double? Accuracy, double? AccuracyCi95);
