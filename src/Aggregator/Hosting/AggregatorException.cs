namespace Maml.Cluster.Aggregator.Hosting;

/// <summary>The coordinator refuses the aggregator for good. The message is meant for the user as it stands.</summary>
public sealed class AggregatorException : Exception
{
    /// <summary>A fault without a message of its own.</summary>
    public AggregatorException()
    {
    }

    /// <summary>A fault with a complete message.</summary>
    public AggregatorException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with a complete message, and what it came from.</summary>
    public AggregatorException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
