using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Sessions;
using Maml.Cluster.Worker.Devices;
using Maml.Cluster.Worker.Hosting;

namespace Maml.Cluster.Worker.Sessions;

/// <summary>What a worker says first.</summary>
internal static class Introduction
{
    /// <summary>Says who this worker is.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="device">What it computes on.</param>
    /// <param name="instance">The same at every coordinator.</param>
    /// <param name="isRedirected">Whether another coordinator has sent it.</param>
    /// <param name="handover">Where it hands vectors over; null for none.</param>
    public static Hello Of(WorkerOptions options, DeviceDescription device, string instance, bool isRedirected, HandoverWriter? handover) => new()
    {
        ProtocolVersion = Greeting.ProtocolVersion,
        Name = options.Name,
        SoftwareVersion = typeof(Introduction).Assembly.GetName().Version?.ToString(3) ?? "",
        TorchVersion = DeviceCatalog.TorchVersion,
        Device = device.Name,
        DeviceName = device.ProductName,
        DeviceMemoryBytes = (ulong)device.MemoryBytes,
        ProcessId = (uint)Environment.ProcessId,
        ChunkSlots = (uint)options.ChunkSlots,
        Redirected = isRedirected,
        Instance = instance,
        Handover = handover?.Path ?? "",
    };
}
