namespace Maml.Cluster.Shared.Security;

/// <summary>Certificates or tokens cannot be used. The message names every fault and never holds a secret.</summary>
public sealed class SecurityFileException : Exception
{
    /// <summary>A fault without a message of its own.</summary>
    public SecurityFileException()
    {
    }

    /// <summary>A fault with a complete message.</summary>
    public SecurityFileException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with a complete message, and what it came from.</summary>
    public SecurityFileException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Why files cannot be opened; null when they can.</summary>
    public static string? FaultOf(Action open)
    {
        ArgumentNullException.ThrowIfNull(open);
        try
        {
            open();
            return null;
        }
        catch (SecurityFileException fault)
        {
            return fault.Message;
        }
    }
}
