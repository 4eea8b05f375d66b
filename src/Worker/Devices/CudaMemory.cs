using System.Runtime.InteropServices;

namespace Maml.Cluster.Worker.Devices;

/// <summary>Asks CUDA's driver for a GPU's memory: libtorch's interface does not tell, and numbers GPUs as the driver does.</summary>
internal static partial class CudaMemory
{
    private const string Driver = "libcuda.so.1";
    private const int Success = 0;

    /// <summary>Memory of a GPU that libtorch computes on; null when the driver does not tell.</summary>
    /// <param name="index">CUDA's number of it in this process.</param>
    public static DeviceMemory? Read(int index)
    {
        try
        {
            if (FindDevice(out int device, index) != Success || Retain(out nint context, device) != Success) return null;
            try
            {
                return ReadWithin(context);
            }
            finally
            {
                _ = Release(device);
            }
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    // The driver answers for the context that is current on the thread.
    private static DeviceMemory? ReadWithin(nint context)
    {
        if (Push(context) != Success) return null;
        try
        {
            return GetInfo(out nuint free, out nuint total) == Success ? new DeviceMemory((long)(total - free), (long)total) : null;
        }
        finally
        {
            _ = Pop(out _);
        }
    }

    [LibraryImport(Driver, EntryPoint = "cuDeviceGet")]
    private static partial int FindDevice(out int device, int index);

    [LibraryImport(Driver, EntryPoint = "cuDevicePrimaryCtxRetain")]
    private static partial int Retain(out nint context, int device);

    [LibraryImport(Driver, EntryPoint = "cuDevicePrimaryCtxRelease_v2")]
    private static partial int Release(int device);

    [LibraryImport(Driver, EntryPoint = "cuCtxPushCurrent_v2")]
    private static partial int Push(nint context);

    [LibraryImport(Driver, EntryPoint = "cuCtxPopCurrent_v2")]
    private static partial int Pop(out nint context);

    [LibraryImport(Driver, EntryPoint = "cuMemGetInfo_v2")]
    private static partial int GetInfo(out nuint free, out nuint total);
}
