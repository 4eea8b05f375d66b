namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>No worker could compute a chunk. The message says which chunk and why.</summary>
internal sealed class RoundFailedException(string message) : Exception(message);
