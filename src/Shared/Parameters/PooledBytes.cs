using System.Buffers;
using System.Runtime.InteropServices;

namespace Maml.Cluster.Shared.Parameters;

/// <summary>Bytes of a frame in an array that is used again. One that is never given back is garbage like any other.</summary>
internal sealed class PooledBytes : MemoryManager<byte>
{
    private readonly int _length;
    private byte[]? _array;

    /// <summary>Rents an array, with any content.</summary>
    public PooledBytes(int length)
    {
        _length = length;
        _array = ArrayPool<byte>.Shared.Rent(length);
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => Array.AsSpan(0, _length);

    /// <inheritdoc/>
    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        var handle = GCHandle.Alloc(Array, GCHandleType.Pinned);
        return new MemoryHandle((byte*)handle.AddrOfPinnedObject() + elementIndex, handle);
    }

    /// <inheritdoc/>
    public override void Unpin()
    {
        // The handle that Pin gives away does it.
    }

    /// <summary>Gives the array back; later uses throw.</summary>
    public void Return() => ((IDisposable)this).Dispose();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _array, null) is { } array) ArrayPool<byte>.Shared.Return(array);
    }

    private byte[] Array => _array ?? throw new ObjectDisposedException(nameof(PooledBytes), "The frame was given back before.");
}
