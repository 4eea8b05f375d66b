using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Maml.Cluster.Shared.Handover;

/// <summary>
/// A folder in this machine's memory through which a coordinator and its workers hand each other vectors: who has one writes it to a file
/// and names that in a message, who gets the message reads the file. Through a connection of the same machine a vector would be copied a
/// dozen times, in small pieces, by threads that wake each other on cores that could compute. A file is used again and again, so a
/// reader that comes too late finds another vector there; the checksum in the message tells. Safe for use by several threads.
/// </summary>
public sealed class HandoverFolder : IDisposable
{
    /// <summary>Bytes from which on a file is worth its while; a smaller vector costs less within its message.</summary>
    public const int SmallestVector = 64 << 10;

    /// <summary>Bytes up to which a vector is handed over; memory that a few larger ones would take is better left to the computing.</summary>
    public const int LargestVector = 64 << 20;

    private const FileShare Everything = FileShare.ReadWrite | FileShare.Delete;

    // Of the process: it may open a folder twice, and names must differ.
    private static long _lastFile;

    private readonly bool _isOwned;
    private readonly ConcurrentDictionary<int, ConcurrentBag<HandoverFile>> _free = new();
    private readonly ConcurrentDictionary<string, SafeFileHandle> _read = new();
    private readonly ConcurrentBag<HandoverFile> _written = [];

    private HandoverFolder(string path, bool isOwned)
    {
        Path = path;
        _isOwned = isOwned;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Creates a folder that only this user can read; disposing removes it.</summary>
    /// <returns>Null where this system keeps no folder in memory; vectors go through the connection then.</returns>
    public static HandoverFolder? TryCreate() => MemoryFolders.TryCreate() is { } path ? new HandoverFolder(path, isOwned: true) : null;

    /// <summary>Opens a folder that another process has created; disposing removes what was written here.</summary>
    /// <returns>Null when it is not there; vectors go through the connection then.</returns>
    public static HandoverFolder? TryOpen(string path) => Directory.Exists(path) ? new HandoverFolder(path, isOwned: false) : null;

    /// <summary>Writes a vector to a file.</summary>
    /// <param name="bytes">The vector's bytes.</param>
    /// <returns>The file, to be disposed of when nobody need read it any more. Null when the vector has to go through the connection: it is
    /// too small or too large, or the memory is full.</returns>
    public HandoverFile? TryWrite(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is < SmallestVector or > LargestVector) return null;
        try
        {
            HandoverFile file = _free.TryGetValue(bytes.Length, out ConcurrentBag<HandoverFile>? free) && free.TryTake(out HandoverFile? used)
                ? used
                : Create(bytes.Length);
            file.Write(bytes);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads a vector from the file that a message names.</summary>
    /// <param name="name">The file's name; from another process.</param>
    /// <param name="destination">Receives the vector; its length is the length that the file must have.</param>
    /// <returns>Whether it was read. It was not where there is no such file in this folder, or one of another length.</returns>
    public bool TryRead(string name, Span<byte> destination)
    {
        if (!IsName(name)) return false;
        try
        {
            SafeFileHandle handle = _read.GetOrAdd(name, Open);
            return RandomAccess.GetLength(handle) == destination.Length && TryFill(handle, destination);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SafeFileHandle handle in _read.Values) handle.Dispose();
        foreach (HandoverFile file in _written) file.Close();
        if (_isOwned) MemoryFolders.TryRemove(Path);
    }

    internal void TakeBack(HandoverFile file) => _free.GetOrAdd(file.Length, _ => []).Add(file);

    // Nothing but digits and lines: whatever a message says, it names a file of this folder.
    private static bool IsName(string name) => name.Length is > 0 and < 64 && name.All(character => character is (>= '0' and <= '9') or '-');

    private static bool TryFill(SafeFileHandle handle, Span<byte> destination)
    {
        int read = 0;
        while (read < destination.Length)
        {
            int now = RandomAccess.Read(handle, destination[read..], read);
            if (now == 0) return false;
            read += now;
        }

        return true;
    }

    private HandoverFile Create(int length)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Interlocked.Increment(ref _lastFile)}");
        var file = new HandoverFile(this, name, length, File.OpenHandle(Resolve(name), FileMode.CreateNew, FileAccess.Write, Everything, FileOptions.DeleteOnClose));
        _written.Add(file);
        return file;
    }

    private SafeFileHandle Open(string name) => File.OpenHandle(Resolve(name), FileMode.Open, FileAccess.Read, Everything);

    private string Resolve(string name) => System.IO.Path.Combine(Path, name);
}
