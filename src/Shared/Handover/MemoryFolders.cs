using System.Diagnostics;
using System.Globalization;

namespace Maml.Cluster.Shared.Handover;

/// <summary>Folders of this project in the machine's memory.</summary>
internal static class MemoryFolders
{
    private const string Memory = "/dev/shm";
    private const string Prefix = "maml-";

    // Of the process: a worker that attaches again may not meet the folder that it has just left.
    private static int _lastWithin;

    /// <summary>Creates a folder of this process that only this user can read, and removes those of processes that were killed.</summary>
    /// <returns>Where it is; null where this system keeps no files in memory, or lets nobody write there.</returns>
    public static string? TryCreate()
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Memory)) return null;
        try
        {
            RemoveOrphans();
            string path = Path.Combine(Memory, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():n}"));
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return path;
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
        {
            string[] parts = Path.GetFileName(folder).Split('-');
            bool namesProcess = parts.Length == 3 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _);
            if (namesProcess && !IsAlive(int.Parse(parts[1], CultureInfo.InvariantCulture))) TryRemove(folder);
        }
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var alive = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
