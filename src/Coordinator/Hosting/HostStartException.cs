namespace Maml.Cluster.Coordinator.Hosting;

/// <summary>The coordinator could not be started. The message is meant for the user as it stands.</summary>
public sealed class HostStartException : Exception
{
    /// <summary>A fault without a message of its own.</summary>
    public HostStartException()
    {
    }

    /// <summary>A fault with a complete message.</summary>
    public HostStartException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with a complete message, and what it came from.</summary>
    public HostStartException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
