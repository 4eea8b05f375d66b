using System.Runtime.InteropServices;

namespace Maml.Cluster.Worker.Devices;

/// <summary>How the process's C allocator, which holds the tensors on the CPU, treats memory that is freed.</summary>
internal static partial class HostMemory
{
    // The parameters' names and numbers are glibc's, from malloc.h.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapMax = -4;
    private const int ArenaMax = -8;
    private const int TopPadBytes = 64 << 20;

    /// <summary>
    /// Keeps freed memory for the next tensor. A chunk frees and takes the same large blocks again and again, and by default
    /// each goes back to the system and is zeroed page by page on its return: a third of the time of a conv4 chunk. The
    /// process then holds on to its peak, which a worker reaches with its first chunk. Does nothing without glibc.
    /// </summary>
    public static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            // One arena, since memory that one keeps is of no use to another; and no block mapped on its own.
            _ = SetMallocOption(ArenaMax, 1);
            _ = SetMallocOption(MmapMax, 0);
            _ = SetMallocOption(TrimThreshold, int.MaxValue);
            _ = SetMallocOption(TopPad, TopPadBytes);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, such as musl.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetMallocOption(int parameter, int value);
}
