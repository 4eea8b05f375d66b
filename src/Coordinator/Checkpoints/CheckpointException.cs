namespace Maml.Cluster.Coordinator.Checkpoints;

/// <summary>A checkpoint is not there, or torn, altered or of another kind. The message is meant for the user as it stands.</summary>
internal sealed class CheckpointException : Exception
{
    /// <summary>A fault with a complete message, and what it came from.</summary>
    public CheckpointException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The one shape of messages about a file: its path, what was found, what was expected, what to do.</summary>
    public static CheckpointException Of(
        string path, string found, string expected, string action = "It cannot be used; choose another checkpoint", Exception? cause = null) =>
        new($"{path}: found {found}, expected {expected}. {action}.", cause);
}
