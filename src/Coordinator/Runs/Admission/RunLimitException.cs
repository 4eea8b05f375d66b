namespace Maml.Cluster.Coordinator.Runs.Admission;

/// <summary>As many runs as are allowed are active, and as many wait. The message is meant for the client.</summary>
internal sealed class RunLimitException(string message) : Exception(message);
