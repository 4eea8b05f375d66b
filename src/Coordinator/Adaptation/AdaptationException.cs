namespace Maml.Cluster.Coordinator.Adaptation;

/// <summary>An adaptation came to nothing that could be told. The message is meant for the client.</summary>
internal sealed class AdaptationException(string message) : Exception(message);
