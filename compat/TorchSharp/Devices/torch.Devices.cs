namespace TorchSharp;

public static partial class torch
{
#pragma warning disable CA2211 // Real TorchSharp has this as a field too, and the surfaces must agree.
    public static Device CPU = new(DeviceType.CPU);
#pragma warning restore CA2211

    public static Device CUDA { get; } = new(DeviceType.CUDA);

    public static Device device(string description) => new(description);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>Makes sure that devices of this type can be used.</summary>
    /// <exception cref="InvalidOperationException">They cannot.</exception>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (TryInitializeDeviceType(deviceType)) return;
        throw new InvalidOperationException(
            $"No {deviceType} device can be used with libtorch {__version__} as it is built here; use 'cpu', or point LIBTORCH to a CUDA build.");
    }

    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType == DeviceType.CPU || cuda.is_available();

    /// <summary>The device itself, or the CPU for none, once it is certain that it can be used.</summary>
    /// <exception cref="InvalidOperationException">It cannot.</exception>
    public static Device InitializeDevice(Device? device)
    {
        device ??= CPU;
        InitializeDeviceType(device.type);
        return device;
    }
}
