namespace Maml.Cluster.Shared.Data;

/// <summary>
/// The right to make one file of a cache. The system lets go of it however the process ends; the empty file stays and means nothing.
/// Where a file system does not honour locks, each process makes the file, and the last one wins, as without it.
/// </summary>
internal sealed class CacheLock : IDisposable
{
    /// <summary>Time between two looks. A download of Omniglot takes a second or so: nobody waits much longer than needed.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // How .NET says on Linux that the lock is another's: errno EWOULDBLOCK in the place of a Windows code.
    private const int WouldBlock = 11;

    private readonly FileStream _file;

    private CacheLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; null while another holds it.</summary>
    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public static CacheLock? TryAcquire(string path)
    {
        try
        {
            return new CacheLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.None));
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
