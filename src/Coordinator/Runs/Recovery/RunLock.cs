namespace Maml.Cluster.Coordinator.Runs.Recovery;

/// <summary>
/// Makes sure that one process at a time works on a run's folder. The system lets go of the lock however the process ends, SIGKILL
/// included; the empty file stays and means nothing.
/// </summary>
internal sealed class RunLock : IDisposable
{
    // How .NET says on Linux that the lock is another's: errno EWOULDBLOCK in the place of a Windows code.
    private const int WouldBlock = 11;

    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="path">The lock file.</param>
    /// <returns>Null when another process, or another run of this one, holds it.</returns>
    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public static RunLock? TryAcquire(string path)
    {
        try
        {
            // For reading only: a file that is open for writing would keep its disk from being made read-only.
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.None);
            if (IsHonoured(path)) return new RunLock(file);
            file.Dispose();
            throw new IOException($"{path}: found that locks have no effect on this file system, expected one where they have. Use a local disk for the folder of runs.");
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // Some network file systems take a lock and let everybody else take it too.
    private static bool IsHonoured(string path)
    {
        try
        {
            using var second = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            return true;
        }
    }
}
