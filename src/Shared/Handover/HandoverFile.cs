using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Maml.Cluster.Shared.Handover;

/// <summary>A file in memory that holds one vector after the other, each followed by a stamp of its own.</summary>
public sealed class HandoverFile : IDisposable
{
    private readonly HandoverWriter _writer;
    private readonly SafeFileHandle _handle;
    private readonly int _number;
    private ulong _stamp;

    internal HandoverFile(HandoverWriter writer, int number, SafeFileHandle handle)
    {
        _writer = writer;
        _handle = handle;
        _number = number;
    }

    /// <summary>What it holds, for a message: no other vector of this process has the name.</summary>
    public string Name => new HandoverName(_number, _stamp).ToString();

    /// <summary>Bytes of the vector that it holds.</summary>
    internal int Length { get; private set; }

    /// <summary>Nobody need read what it holds any more: it is used again for another vector of that length.</summary>
    public void Dispose() => _writer.TakeBack(this);

    /// <summary>The name of a file in its folder.</summary>
    internal static string FileName(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes over what it holds, which has this length or none.</summary>
    internal void Write(ReadOnlySpan<byte> bytes, ulong stamp)
    {
        (Length, _stamp) = (bytes.Length, stamp);

        // In this order: who reads it meanwhile, being late, must not find the old stamp behind a piece of the new vector, nor the new one
        // behind a piece of the old.
        WriteStamp(0);
        RandomAccess.Write(_handle, bytes, 0);
        WriteStamp(stamp);
    }

    /// <summary>Gives its memory back, although readers may have it open.</summary>
    internal void Empty()
    {
        Length = 0;
        RandomAccess.SetLength(_handle, 0);
    }

    internal void Close() => _handle.Dispose();

    private void WriteStamp(ulong stamp)
    {
        Span<byte> bytes = stackalloc byte[HandoverName.StampBytes];
        BitConverter.TryWriteBytes(bytes, stamp);
        RandomAccess.Write(_handle, bytes, Length);
    }
}
