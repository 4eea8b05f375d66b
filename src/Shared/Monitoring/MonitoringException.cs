namespace Maml.Cluster.Shared.Monitoring;

/// <summary>A host cannot be watched where it shall be. The message is meant for the user as it stands.</summary>
public sealed class MonitoringException : Exception
{
    internal MonitoringException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
