using Microsoft.Win32.SafeHandles;

namespace Maml.Cluster.Shared.Handover;

/// <summary>A file in memory that holds one vector after the other.</summary>
public sealed class HandoverFile : IDisposable
{
    private readonly HandoverWriter _writer;
    private readonly SafeFileHandle _handle;

    internal HandoverFile(HandoverWriter writer, string name, SafeFileHandle handle)
    {
        _writer = writer;
        _handle = handle;
        Name = name;
    }

    /// <summary>Its name in the folder, for a message.</summary>
    public string Name { get; }

    /// <summary>Bytes that it holds.</summary>
    internal int Length { get; private set; }

    /// <summary>Nobody need read what it holds any more: it is used again for another vector of that length.</summary>
    public void Dispose() => _writer.TakeBack(this);

    /// <summary>Writes over what it holds, which has this length or none.</summary>
    internal void Write(ReadOnlySpan<byte> bytes)
    {
        Length = bytes.Length;
        RandomAccess.Write(_handle, bytes, 0);
    }

    /// <summary>Gives its memory back, although readers may have it open.</summary>
    internal void Empty()
    {
        Length = 0;
        RandomAccess.SetLength(_handle, 0);
    }

    internal void Close() => _handle.Dispose();
}
