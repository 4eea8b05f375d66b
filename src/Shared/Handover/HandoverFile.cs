using Microsoft.Win32.SafeHandles;

namespace Maml.Cluster.Shared.Handover;

/// <summary>A file in memory that holds one vector after the other, all of one length.</summary>
public sealed class HandoverFile : IDisposable
{
    private readonly HandoverWriter _writer;
    private readonly SafeFileHandle _handle;

    internal HandoverFile(HandoverWriter writer, string name, int length, SafeFileHandle handle)
    {
        _writer = writer;
        _handle = handle;
        Name = name;
        Length = length;
    }

    /// <summary>Its name in the folder, for a message.</summary>
    public string Name { get; }

    /// <summary>Bytes that it holds.</summary>
    internal int Length { get; }

    /// <summary>Nobody need read what it holds any more: it is used again for another vector of that length.</summary>
    public void Dispose() => _writer.TakeBack(this);

    internal void Write(ReadOnlySpan<byte> bytes) => RandomAccess.Write(_handle, bytes, 0);

    internal void Close() => _handle.Dispose();
}
