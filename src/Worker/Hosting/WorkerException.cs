namespace Maml.Cluster.Worker.Hosting;

/// <summary>A worker cannot start or go on. The message is meant for the user as it stands.</summary>
public sealed class WorkerException : Exception
{
    internal WorkerException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
