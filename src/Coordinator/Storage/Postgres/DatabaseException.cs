namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>
/// The database cannot be reached, or did not do what was asked. As an <see cref="IOException"/> it is to a run what a full disk is:
/// reported, and tried again. The message is meant for the user as it stands, and holds no password.
/// </summary>
internal sealed class DatabaseException : IOException
{
    /// <summary>A fault with a complete message, and what it came from.</summary>
    public DatabaseException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
