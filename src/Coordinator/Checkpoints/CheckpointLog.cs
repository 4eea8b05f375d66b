namespace Maml.Cluster.Coordinator.Checkpoints;

/// <summary>What is said about checkpoints. Event ids 5000 to 5099.</summary>
internal static partial class CheckpointLog
{
    [LoggerMessage(5000, LogLevel.Warning, "A checkpoint is passed over: {Fault}")]
    public static partial void PassedOver(this ILogger logger, string fault);
}
