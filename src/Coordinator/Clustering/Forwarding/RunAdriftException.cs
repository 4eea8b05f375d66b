namespace Maml.Cluster.Coordinator.Clustering.Forwarding;

/// <summary>Nobody has a run at the moment. The message is meant for the client.</summary>
internal sealed class RunAdriftException(string runId) : Exception($"No coordinator has run '{runId}' at the moment. It goes on by itself; try again.");
