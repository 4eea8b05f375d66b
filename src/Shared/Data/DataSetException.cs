namespace Maml.Cluster.Shared.Data;

/// <summary>A data set, one of its files or its cache is not as it must be. The message is meant for the user as it stands.</summary>
public sealed class DataSetException : Exception
{
    /// <summary>A fault without a message of its own.</summary>
    public DataSetException()
    {
    }

    /// <summary>A fault with a complete message.</summary>
    public DataSetException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with a complete message, and what it came from.</summary>
    public DataSetException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The one shape of every message: which file, what was found, what was expected, what to do.</summary>
    internal static DataSetException Of(string file, string found, string expected, string remedy, Exception? cause = null) =>
        new($"{file}: found {found}, expected {expected}. {remedy}", cause);
}
