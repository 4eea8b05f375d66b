namespace Maml.Cluster.Coordinator.Runs.Recovery;

/// <summary>What a run left in its folder cannot be used. The message is meant for the user as it stands.</summary>
internal sealed class RunRecordException(string message, Exception? innerException = null) : Exception(message, innerException);
