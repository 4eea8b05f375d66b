using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Google.Protobuf;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Shared.Parameters;

/// <summary>
/// Reads frames off the wire into arrays that are used again. The library's own parser makes a new array for each frame: a mebibyte that the
/// garbage collector has to clear, and to find again among the large objects.
/// </summary>
public static class PooledFrames
{
    private const int LongestRunId = 1024;

    /// <summary>Reads a message that holds a frame and nothing else, as this project writes it.</summary>
    /// <param name="message">The message's bytes.</param>
    /// <param name="field">The frame's number in the message.</param>
    /// <returns>The frame, to be given back with <see cref="Return"/>; null when the general parser has to look at the message.</returns>
    public static VectorFrame? TryRead(ReadOnlySequence<byte> message, int field)
    {
        var reader = new SequenceReader<byte>(message);
        if (!TryReadVarint(ref reader, out ulong tag) || tag != Tag(field, WireFormat.WireType.LengthDelimited)) return null;
        if (!TryReadVarint(ref reader, out ulong length) || length != (ulong)reader.Remaining) return null;
        var frame = new VectorFrame();
        while (!reader.End)
        {
            if (TryReadField(ref reader, frame)) continue;
            Return(frame);
            return null;
        }

        return frame;
    }

    /// <summary>Takes a frame's bytes back, where they are from here; the frame is empty then.</summary>
    public static void Return(VectorFrame frame)
    {
        if (!MemoryMarshal.TryGetMemoryManager(frame.Data.Memory, out PooledBytes? bytes)) return;
        frame.Data = ByteString.Empty;
        bytes.Return();
    }

    private static bool TryReadField(ref SequenceReader<byte> reader, VectorFrame frame)
    {
        if (!TryReadVarint(ref reader, out ulong tag)) return false;
        if (tag == Tag(VectorFrame.DataFieldNumber, WireFormat.WireType.LengthDelimited)) return TryReadData(ref reader, frame);
        if (tag == Tag(VectorFrame.RunIdFieldNumber, WireFormat.WireType.LengthDelimited)) return TryReadRunId(ref reader, frame);
        if (tag == Tag(VectorFrame.ChecksumFieldNumber, WireFormat.WireType.Fixed32))
        {
            bool isRead = reader.TryReadLittleEndian(out int checksum);
            frame.Checksum = (uint)checksum;
            return isRead;
        }

        if (!TryReadVarint(ref reader, out ulong number)) return false;
        switch (tag)
        {
            case VectorFrame.VectorIdFieldNumber << 3: frame.VectorId = number; return true;
            case VectorFrame.TotalElementsFieldNumber << 3: frame.TotalElements = number; return true;
            case VectorFrame.OffsetElementsFieldNumber << 3: frame.OffsetElements = number; return true;
            case VectorFrame.PrecisionFieldNumber << 3: frame.Precision = (VectorPrecision)(int)number; return true;
            case VectorFrame.ScaleExponentFieldNumber << 3: frame.ScaleExponent = (int)((uint)number >> 1) ^ -(int)(number & 1); return true;
            default: return false;
        }
    }

    private static bool TryReadData(ref SequenceReader<byte> reader, VectorFrame frame)
    {
        if (!frame.Data.IsEmpty || !TryReadVarint(ref reader, out ulong length)) return false;
        if (length is 0 or > VectorFraming.FrameBytes || length > (ulong)reader.Remaining) return false;
        var bytes = new PooledBytes((int)length);
        frame.Data = UnsafeByteOperations.UnsafeWrap(bytes.Memory);
        reader.TryCopyTo(bytes.GetSpan());
        reader.Advance((long)length);
        return true;
    }

    private static bool TryReadRunId(ref SequenceReader<byte> reader, VectorFrame frame)
    {
        if (!TryReadVarint(ref reader, out ulong length) || length > LongestRunId || length > (ulong)reader.Remaining) return false;
        Span<byte> text = stackalloc byte[(int)length];
        reader.TryCopyTo(text);
        reader.Advance((long)length);
        if (!Utf8.IsValid(text)) return false;
        frame.RunId = Encoding.UTF8.GetString(text);
        return true;
    }

    private static bool TryReadVarint(ref SequenceReader<byte> reader, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            if (!reader.TryRead(out byte next)) return false;
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return true;
        }

        return false;
    }

    private static ulong Tag(int field, WireFormat.WireType type) => ((ulong)field << 3) | (ulong)type;
}
