namespace Maml.Cluster.Coordinator.Evaluation;

/// <summary>What is said about evaluations on request. Event ids 5000 to 5099.</summary>
internal static partial class EvaluationLog
{
    [LoggerMessage(5000, LogLevel.Warning, "A checkpoint is passed over: {Fault}")]
    public static partial void PassedOver(this ILogger logger, string fault);
}
