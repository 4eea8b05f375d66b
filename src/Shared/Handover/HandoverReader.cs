using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace Maml.Cluster.Shared.Handover;

/// <summary>Reads the vectors that another process of this machine hands over (<see cref="HandoverWriter"/>). Safe for use by several threads.</summary>
public sealed class HandoverReader : IDisposable
{
    private readonly ConcurrentDictionary<int, SafeFileHandle> _files = new();
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
        bool isWithin = Path.GetDirectoryName(worker) == coordinator && IsFolderName(Path.GetFileName(worker));
        return isWithin && Directory.Exists(worker) ? new HandoverReader(worker, removesFolder: true) : null;
    }

    /// <summary>The other process's folder.</summary>
    public string Folder => _path;

    /// <summary>Reads a vector that a message names.</summary>
    /// <param name="name">Its name; from the other process.</param>
    /// <param name="destination">Receives the vector, or something else where it is not there; its length is the length that the vector must have.</param>
    /// <returns>Whether it was read. It was not where there is no such file in this folder, or one that holds another vector by now.</returns>
    public bool TryRead(string name, Span<byte> destination)
    {
        if (HandoverName.TryParse(name) is not { } wanted) return false;
        try
        {
            SafeFileHandle file = _files.GetOrAdd(wanted.File, Open);
            return RandomAccess.GetLength(file) == destination.Length + HandoverName.StampBytes
                && HasStamp(file, destination.Length, wanted.Stamp)
                && TryFill(file, destination, 0)
                && HasStamp(file, destination.Length, wanted.Stamp);
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
    private static bool IsFolderName(string name) => name.Length is > 0 and < 64 && name.All(character => character is (>= '0' and <= '9') or '-');

    private static bool HasStamp(SafeFileHandle file, int offset, ulong stamp)
    {
        Span<byte> found = stackalloc byte[HandoverName.StampBytes];
        return TryFill(file, found, offset) && BitConverter.ToUInt64(found) == stamp;
    }

    private static bool TryFill(SafeFileHandle file, Span<byte> destination, int offset)
    {
        int read = 0;
        while (read < destination.Length)
        {
            int now = RandomAccess.Read(file, destination[read..], offset + read);
            if (now == 0) return false;
            read += now;
        }

        return true;
    }

    private SafeFileHandle Open(int number) =>
        File.OpenHandle(Path.Combine(_path, HandoverFile.FileName(number)), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
