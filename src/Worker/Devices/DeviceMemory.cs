namespace Maml.Cluster.Worker.Devices;

/// <summary>Memory of a device at one moment, in bytes.</summary>
/// <param name="Used">In use.</param>
/// <param name="Limit">In all.</param>
internal readonly record struct DeviceMemory(long Used, long Limit)
{
    /// <summary>Asks the device, from any thread; null when it does not tell.</summary>
    public static DeviceMemory? Read(DeviceDescription device) => device.Name == DeviceCatalog.Cpu
        ? new DeviceMemory(Environment.WorkingSet, device.MemoryBytes)
        : CudaMemory.Read(DeviceCatalog.IndexOf(device.Name));
}
