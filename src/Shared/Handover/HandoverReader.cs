using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace Maml.Cluster.Shared.Handover;

/// <summary>Reads the vectors that another process of this machine hands over (<see cref="HandoverWriter"/>). Safe for use by several threads.</summary>
public sealed class HandoverReader : IDisposable
{
    private readonly ConcurrentDictionary<string, SafeFileHandle> _files = new();
    private readonly string _path;
    private readonly bool _removesFolder;

    private HandoverReader(string path, bool removesFolder)
    {
        _path = path;
        _removesFolder = removesFolder;
    }

    /// <summary>Reads what a coordinator writes.</summary>
    /// <param name="coordinator">The coordinator's folder.</param>
    /// <returns>Null when it is not there; vectors go through the connection then.</returns>
    public static HandoverReader? TryOpen(string coordinator) => Directory.Exists(coordinator) ? new HandoverReader(coordinator, removesFolder: false) : null;

    /// <summary>Reads what a worker writes. Disposing removes the worker's folder too: one that was killed could not.</summary>
    /// <param name="coordinator">The coordinator's folder.</param>
    /// <param name="worker">The worker's folder; from the worker.</param>
    /// <returns>Null when it is not there, or lies elsewhere than in the coordinator's; vectors go through the connection then.</returns>
    public static HandoverReader? TryOpenWithin(string coordinator, string worker)
    {
        bool isWithin = Path.GetDirectoryName(worker) == coordinator && IsName(Path.GetFileName(worker));
        return isWithin && Directory.Exists(worker) ? new HandoverReader(worker, removesFolder: true) : null;
    }

    /// <summary>Reads a vector from the file that a message names.</summary>
    /// <param name="name">The file's name; from the other process.</param>
    /// <param name="destination">Receives the vector; its length is the length that the file must have.</param>
    /// <returns>Whether it was read. It was not where there is no such file in this folder, or one of another length.</returns>
    public bool TryRead(string name, Span<byte> destination)
    {
        if (!IsName(name)) return false;
        try
        {
            SafeFileHandle file = _files.GetOrAdd(name, Open);
            return RandomAccess.GetLength(file) == destination.Length && TryFill(file, destination);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SafeFileHandle file in _files.Values) file.Dispose();
        if (_removesFolder) MemoryFolders.TryRemove(_path);
    }

    // Nothing but digits and lines: whatever a message says, it names what lies in the folder itself.
    private static bool IsName(string name) => name.Length is > 0 and < 64 && name.All(character => character is (>= '0' and <= '9') or '-');

    private static bool TryFill(SafeFileHandle file, Span<byte> destination)
    {
        int read = 0;
        while (read < destination.Length)
        {
            int now = RandomAccess.Read(file, destination[read..], read);
            if (now == 0) return false;
            read += now;
        }

        return true;
    }

    private SafeFileHandle Open(string name) =>
        File.OpenHandle(Path.Combine(_path, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
