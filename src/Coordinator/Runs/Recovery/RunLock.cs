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
            return new RunLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.None));
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
