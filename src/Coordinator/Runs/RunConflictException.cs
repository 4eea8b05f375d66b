namespace Maml.Cluster.Coordinator.Runs;

/// <summary>A run is in a state in which it cannot do what is asked. The message is meant for the client.</summary>
internal sealed class RunConflictException(string message) : Exception(message);
