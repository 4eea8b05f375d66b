using System.Collections.Concurrent;

namespace Maml.Cluster.Shared.Handover;

/// <summary>
/// A folder in this machine's memory through which a coordinator and its workers hand each other vectors: who has one writes it to a file
/// of its own folder and names that in a message, who gets the message reads the file (<see cref="HandoverReader"/>). Through a connection
/// of the same machine a vector would be copied a dozen times, in small pieces, by threads that wake each other on cores that could
/// compute. A file is used again and again, so a reader that comes too late finds another vector there, whose stamp is not the one in the
/// message. Safe for use by several threads.
/// </summary>
public sealed class HandoverWriter : IDisposable
{
    /// <summary>Bytes from which on a file is worth its while; a smaller vector costs less within its message.</summary>
    public const int SmallestVector = 64 << 10;

    /// <summary>Bytes up to which a vector is handed over; memory that a few larger ones would take is better left to the computing.</summary>
    public const int LargestVector = 64 << 20;

    private readonly ConcurrentDictionary<int, ConcurrentBag<HandoverFile>> _free = new();
    private readonly ConcurrentBag<HandoverFile> _empty = [];
    private readonly ConcurrentBag<HandoverFile> _files = [];
    private readonly IDisposable? _held;
    private int _lastFile;
    private ulong _lastStamp;

    private HandoverWriter(string path, IDisposable? held = null)
    {
        Path = path;
        _held = held;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Creates a coordinator's folder, which only this user can read. Disposing removes it with all that is in it.</summary>
    /// <returns>Null where this system keeps no files in memory; vectors go through the connection then.</returns>
    public static HandoverWriter? TryCreate() => MemoryFolders.TryCreate() is var (path, held) ? new HandoverWriter(path, held) : null;

    /// <summary>Creates a worker's folder within its coordinator's. Disposing removes it; who is killed leaves that to the coordinator.</summary>
    /// <param name="coordinator">The coordinator's folder.</param>
    /// <returns>Null where there is none; vectors go through the connection then.</returns>
    public static HandoverWriter? TryCreateWithin(string coordinator) =>
        MemoryFolders.TryCreateWithin(coordinator) is { } path ? new HandoverWriter(path) : null;

    /// <summary>Writes a vector to a file.</summary>
    /// <param name="bytes">The vector's bytes.</param>
    /// <returns>The file, to be disposed of when nobody need read it any more. Null when the vector has to go through the connection: it is
    /// too small or too large, or the memory is full.</returns>
    public HandoverFile? TryWrite(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is < SmallestVector or > LargestVector) return null;
        HandoverFile? file = null;
        try
        {
            file = _free.TryGetValue(bytes.Length, out ConcurrentBag<HandoverFile>? free) && free.TryTake(out HandoverFile? used) ? used : TakeEmpty();
            file.Write(bytes, Interlocked.Increment(ref _lastStamp));
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Tried again with the next vector: a full memory must not be filled with files that nobody uses.
            file?.Dispose();
            return null;
        }
    }

    /// <summary>
    /// Gives back the memory of files that nobody need read any more. They stay, without content, for vectors of any length: readers keep them
    /// open, and would pile up those of ever new names.
    /// </summary>
    public void Trim()
    {
        foreach (ConcurrentBag<HandoverFile> free in _free.Values)
        {
            while (free.TryTake(out HandoverFile? file))
            {
                file.Empty();
                _empty.Add(file);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (HandoverFile file in _files) file.Close();
        _held?.Dispose();
        MemoryFolders.TryRemove(Path);
    }

    internal void TakeBack(HandoverFile file) => _free.GetOrAdd(file.Length, _ => []).Add(file);

    private HandoverFile TakeEmpty()
    {
        if (_empty.TryTake(out HandoverFile? empty)) return empty;
        int number = Interlocked.Increment(ref _lastFile);
        string path = System.IO.Path.Combine(Path, HandoverFile.FileName(number));
        var file = new HandoverFile(
            this, number, File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));
        _files.Add(file);
        return file;
    }
}
