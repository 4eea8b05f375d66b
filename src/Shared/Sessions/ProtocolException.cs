namespace Maml.Cluster.Shared.Sessions;

/// <summary>The coordinator sent what the contract does not allow; the stream cannot go on.</summary>
public sealed class ProtocolException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ProtocolException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
