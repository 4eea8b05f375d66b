namespace Maml.Cluster.Coordinator.Runs;

/// <summary>The coordinator begins nothing new, since it shuts down. The message is meant for the client.</summary>
internal sealed class ShuttingDownException() : Exception("The coordinator is shutting down. Try again when it is back.");
