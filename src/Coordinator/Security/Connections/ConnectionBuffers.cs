using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Maml.Cluster.Coordinator.Security.Connections;

/// <summary>
/// The buffers of the web server's connections. Its own have 4 KiB, and a socket is read one buffer at a time: a gradient of half a megabyte
/// would take over a hundred system calls, and as many turns of everything that comes after them. A connection that is silent holds none.
/// Safe for use by several threads.
/// </summary>
internal sealed class ConnectionBuffers : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    // A frame of HTTP/2, in which vectors arrive.
    private const int BufferBytes = 16 << 10;

    // 32 MiB: more than is on its way at once when all workers answer. What is beyond is garbage.
    private const int MostKept = 2048;

    private readonly Lock _gate = new();
    private readonly Stack<Buffer> _free = new(MostKept);

    /// <inheritdoc/>
    public override int MaxBufferSize => BufferBytes;

    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    /// <inheritdoc/>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BufferBytes);
        lock (_gate)
        {
            if (_free.TryPop(out Buffer? buffer)) return buffer;
        }

        return new Buffer(this);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Shared by all connections, for as long as there are any.
    }

    private void Return(Buffer buffer)
    {
        lock (_gate)
        {
            if (_free.Count < MostKept) _free.Push(buffer);
        }
    }

    // Pinned for its life: the system reads and writes it, and to pin it each time would cost more.
    private sealed class Buffer(ConnectionBuffers pool) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = MemoryOf(GC.AllocateUninitializedArray<byte>(BufferBytes, pinned: true));

        public void Dispose() => pool.Return(this);

        private static Memory<byte> MemoryOf(byte[] array) => System.Runtime.InteropServices.MemoryMarshal.CreateFromPinnedArray(array, 0, array.Length);
    }
}
