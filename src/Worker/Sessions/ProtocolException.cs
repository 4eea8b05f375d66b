namespace Maml.Cluster.Worker.Sessions;

/// <summary>The coordinator sent what the contract does not allow; the stream cannot go on.</summary>
internal sealed class ProtocolException(string message, Exception? innerException = null) : Exception(message, innerException);
