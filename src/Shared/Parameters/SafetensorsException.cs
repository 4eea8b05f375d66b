namespace Maml.Cluster.Shared.Parameters;

/// <summary>A safetensors file cannot be read, or is torn, altered or malformed. The message is meant for the user as it stands.</summary>
public sealed class SafetensorsException : Exception
{
    /// <summary>A fault without a message of its own.</summary>
    public SafetensorsException()
    {
    }

    /// <summary>A fault with a complete message.</summary>
    public SafetensorsException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with a complete message, and what it came from.</summary>
    public SafetensorsException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The one shape of every message: which file, what was found, what was expected, what to do.</summary>
    internal static SafetensorsException Of(string file, string found, string expected, Exception? cause = null) =>
        new($"{file}: found {found}, expected {expected}. Use another copy of the file, or write it again.", cause);
}
