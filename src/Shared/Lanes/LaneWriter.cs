using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Core;

namespace Maml.Cluster.Shared.Lanes;

/// <summary>Writes messages to a lane, each after its length. Messages that are to wait (<see cref="WriteFlags.BufferHint"/>) leave with the next that is not.</summary>
/// <typeparam name="T">The messages.</typeparam>
public sealed class LaneWriter<T> : IAsyncStreamWriter<T>
    where T : class, IMessage
{
    // What is beyond leaves without waiting for more.
    private const int MostBuffered = 64 << 10;

    private readonly Socket _socket;
    private readonly ArrayBufferWriter<byte> _buffer = new(4 << 10);
    private bool _isTorn;

    internal LaneWriter(Socket socket) => _socket = socket;

    /// <inheritdoc/>
    public WriteOptions? WriteOptions { get; set; }

    /// <inheritdoc/>
    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    /// <inheritdoc/>
    /// <exception cref="IOException">The other side is gone.</exception>
    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_isTorn) throw new IOException("The lane to the other process of this machine ends within a message; nothing can follow.");
        int length = message.CalculateSize();
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.GetSpan(sizeof(int)), length);
        _buffer.Advance(sizeof(int));
        message.WriteTo(_buffer.GetSpan(length)[..length]);
        _buffer.Advance(length);
        bool mayWait = WriteOptions is { } options && options.Flags.HasFlag(WriteFlags.BufferHint) && _buffer.WrittenCount < MostBuffered;
        return mayWait ? Task.CompletedTask : FlushAsync(cancellationToken);
    }

    /// <summary>Writes nothing more; the other side reads the rest, and then the end.</summary>
    public void Complete()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end has come from the other side.
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        // Until all of it is gone.
        _isTorn = true;
        try
        {
            // What fits into the socket's buffer is there when this returns, without a thread that waits.
            for (ReadOnlyMemory<byte> left = _buffer.WrittenMemory; !left.IsEmpty;)
                left = left[await _socket.SendAsync(left, SocketFlags.None, cancellationToken)..];
            _buffer.ResetWrittenCount();
            _isTorn = false;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new IOException($"The lane to the other process of this machine broke: {e.Message}", e);
        }
    }
}
