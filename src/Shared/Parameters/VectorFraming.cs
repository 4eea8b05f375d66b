using System.Runtime.InteropServices;
using Google.Protobuf;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Shared.Parameters;

/// <summary>Cuts flat float32 vectors into frames that fit the wire, and checks them.</summary>
public static class VectorFraming
{
    /// <summary>Elements in a full frame: 1 MiB, a quarter of gRPC's default limit on a message.</summary>
    public const int FrameElements = FrameBytes / sizeof(float);

    /// <summary>Bytes of a full frame.</summary>
    internal const int FrameBytes = 1 << 20;

    /// <summary>Cuts a vector into frames, in order; the last one carries the checksum of the whole. An empty vector is one empty frame.</summary>
    /// <param name="runId">The run that the vector belongs to.</param>
    /// <param name="vectorId">Version of θ, or lease of a meta-gradient.</param>
    /// <param name="vector">The vector. Not copied: it must not change until the frames are on their way.</param>
    public static IReadOnlyList<VectorFrame> Cut(string runId, ulong vectorId, float[] vector)
    {
        ReadOnlyMemory<byte> bytes = new FloatBytes(vector).Memory;
        var frames = new VectorFrame[Math.Max(1, (vector.Length + FrameElements - 1) / FrameElements)];
        for (int i = 0; i < frames.Length; i++)
        {
            int offset = i * FrameBytes;
            frames[i] = new VectorFrame
            {
                RunId = runId,
                VectorId = vectorId,
                TotalElements = (ulong)vector.Length,
                OffsetElements = (ulong)offset / sizeof(float),
                Data = UnsafeByteOperations.UnsafeWrap(bytes[offset..Math.Min(offset + FrameBytes, bytes.Length)]),
            };
        }

        frames[^1].Checksum = Checksum(vector);
        return frames;
    }

    /// <summary>CRC-32C (Castagnoli) of a vector's bytes.</summary>
    public static uint Checksum(ReadOnlySpan<float> vector) =>
        VectorChecksum.Finish(VectorChecksum.Append(VectorChecksum.Start, MemoryMarshal.AsBytes(vector)));
}
