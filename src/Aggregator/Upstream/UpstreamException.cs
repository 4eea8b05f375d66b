namespace Maml.Cluster.Aggregator.Upstream;

/// <summary>The coordinator sent what the contract does not allow; the stream cannot go on.</summary>
internal sealed class UpstreamException(string message, Exception? innerException = null) : Exception(message, innerException);
