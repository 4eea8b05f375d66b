using System.Globalization;

namespace Maml.Cluster.Shared.Handover;

/// <summary>Folders of this project in the machine's memory.</summary>
internal static class MemoryFolders
{
    private const string Memory = "/dev/shm";
    private const string Prefix = "maml-";
    private const string LockFile = "lock";

    // Of the process: a worker that attaches again may not meet the folder that it has just left.
    private static int _lastWithin;

    /// <summary>Creates a folder that only this user can read, and removes those whose processes were killed.</summary>
    /// <returns>Where it is, and what says that its process lives; null where this system keeps no files in memory, or lets nobody write there.</returns>
    public static (string Path, IDisposable Held)? TryCreate()
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Memory)) return null;
        try
        {
            RemoveOrphans();
            string path = Path.Combine(Memory, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():n}"));
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return (path, Lock(path, FileMode.CreateNew));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Creates a folder of this process within a coordinator's.</summary>
    /// <returns>Where it is; null where the coordinator's is not there, or not for this user.</returns>
    public static string? TryCreateWithin(string coordinator)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(coordinator)) return null;
        string path = Path.Combine(coordinator, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Interlocked.Increment(ref _lastWithin)}"));
        try
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Removes a folder. One that is another user's, or gone, is no reason to fail.</summary>
    public static void TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static void RemoveOrphans()
    {
        foreach (string folder in Directory.EnumerateDirectories(Memory, Prefix + "*"))
            if (IsOrphan(folder)) TryRemove(folder);
    }

    // The system lets go of the lock however a process ends. Its identifier would say nothing: containers that share their memory do not
    // share those. A folder without the file was made a moment ago, or is none of ours.
    private static bool IsOrphan(string folder)
    {
        try
        {
            Lock(folder, FileMode.Open).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static FileStream Lock(string folder, FileMode mode) => new(Path.Combine(folder, LockFile), mode, FileAccess.ReadWrite, FileShare.None);
}
