namespace Maml.Cluster.Coordinator.Runs;

/// <summary>There is no run of the identifier that was asked for.</summary>
internal sealed class RunNotFoundException(string message) : Exception(message);
