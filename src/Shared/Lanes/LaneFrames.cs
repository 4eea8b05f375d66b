using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Core;

namespace Maml.Cluster.Shared.Lanes;

/// <summary>Cuts the bytes of a socket into messages: four bytes of length, little endian, then the message.</summary>
internal sealed class LaneFrames(Socket socket, int largestMessage)
{
    private const int HeadBytes = sizeof(int);

    private byte[] _buffer = new byte[16 << 10];
    private int _begin;
    private int _end;

    /// <summary>Reads the next message, and waits for it.</summary>
    /// <returns>Null at the end, whether it was meant to be or the other side is gone.</returns>
    /// <exception cref="RpcException">What came is no message: INVALID_ARGUMENT; or a longer one than is allowed: RESOURCE_EXHAUSTED.</exception>
    public T? TryRead<T>(Marshaller<T> marshaller)
        where T : class
    {
        if (!TryFill(HeadBytes)) return null;
        int length = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_begin));
        if (length < 0 || length > largestMessage)
        {
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted, $"A message of {(uint)length} bytes came through the lane; at most {largestMessage} are allowed."));
        }

        if (!TryFill(HeadBytes + length)) return null;
        var bytes = new ReadOnlySequence<byte>(_buffer, _begin + HeadBytes, length);
        _begin += HeadBytes + length;
        try
        {
            return marshaller.ContextualDeserializer(new LaneMessage(bytes));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or IndexOutOfRangeException or ArgumentException)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"What came through the lane is no message: {e.Message}", e));
        }
    }

    // So many bytes from the beginning on.
    private bool TryFill(int count)
    {
        if (_end - _begin >= count) return true;
        if (_begin == _end) (_begin, _end) = (0, 0);
        if (_begin + count > _buffer.Length) MakeRoom(count);
        while (_end - _begin < count)
        {
            int received = Receive();
            if (received == 0) return false;
            _end += received;
        }

        return true;
    }

    private void MakeRoom(int count)
    {
        byte[] room = count > _buffer.Length ? new byte[Math.Max(count, 2 * _buffer.Length)] : _buffer;
        _buffer.AsSpan(_begin, _end - _begin).CopyTo(room);
        (_buffer, _begin, _end) = (room, 0, _end - _begin);
    }

    private int Receive()
    {
        try
        {
            return socket.Receive(_buffer.AsSpan(_end));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }
}
