using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Maml.Cluster.Shared.Files;

/// <summary>
/// Makes the names in a folder survive a power cut. A file that was flushed and then renamed is on the disk with its content, but under
/// its old name until the folder is flushed as well; .NET opens no folders, so this asks the C library.
/// </summary>
internal static partial class FolderSync
{
    // The same on every architecture that .NET has on Linux. Reading is the default and has no flag.
    private const int CloseOnExecute = 0x80000;

    private const int NoSpace = 28;
    private const int InputOutput = 5;
    private const int OverQuota = 122;

    /// <summary>Flushes a folder; does nothing on other systems than Linux, and on file systems that know no such thing.</summary>
    /// <exception cref="IOException">The disk failed or is full: the names may not survive.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsLinux()) FlushOnLinux(folder);
    }

    /// <summary>Creates a folder with those above it, all of which then survive a power cut.</summary>
    /// <exception cref="IOException">A folder cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not create it.</exception>
    public static void Create(string folder)
    {
        var created = new Stack<string>();
        for (string? missing = folder; missing is not null && !Directory.Exists(missing); missing = Path.GetDirectoryName(missing))
            created.Push(missing);
        Directory.CreateDirectory(folder);
        foreach (string path in created)
            if (Path.GetDirectoryName(path) is { } parent) Flush(parent);
    }

    [SupportedOSPlatform("linux")]
    private static void FlushOnLinux(string folder)
    {
        // A folder that may be written but not read cannot be opened, and so not flushed either: no reason to refuse the file.
        int descriptor = Open(folder, CloseOnExecute);
        if (descriptor < 0) return;
        try
        {
            if (Synchronise(descriptor) == 0) return;
            int error = Marshal.GetLastPInvokeError();
            if (error is NoSpace or InputOutput or OverQuota)
                throw new IOException($"{folder}: the folder cannot be flushed to the disk: {Marshal.GetPInvokeErrorMessage(error)}");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Synchronise(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
