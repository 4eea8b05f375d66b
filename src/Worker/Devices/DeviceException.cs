namespace Maml.Cluster.Worker.Devices;

/// <summary>A device cannot be used. The message is meant for the user as it stands.</summary>
public sealed class DeviceException : Exception
{
    internal DeviceException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
