using System.Numerics;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Shared.Parameters;

/// <summary>Cuts flat float32 vectors into frames that fit the wire, and checks them.</summary>
public static class VectorFraming
{
    /// <summary>Elements in a full frame: 1 MiB, a quarter of gRPC's default limit on a message.</summary>
    public const int FrameElements = (1 << 20) / sizeof(float);

    /// <summary>Cuts a vector into frames, in order; the last one carries the checksum of the whole. An empty vector is one empty frame.</summary>
    /// <param name="runId">The run that the vector belongs to.</param>
    /// <param name="vectorId">Version of θ, or lease of a meta-gradient.</param>
    /// <param name="vector">The vector; copied.</param>
    public static IReadOnlyList<VectorFrame> Cut(string runId, ulong vectorId, ReadOnlySpan<float> vector)
    {
        var frames = new List<VectorFrame>((vector.Length / FrameElements) + 1);
        for (int offset = 0; offset == 0 || offset < vector.Length; offset += FrameElements)
        {
            ReadOnlySpan<float> piece = vector[offset..Math.Min(offset + FrameElements, vector.Length)];
            frames.Add(new VectorFrame
            {
                RunId = runId,
                VectorId = vectorId,
                TotalElements = (ulong)vector.Length,
                OffsetElements = (ulong)offset,
                Data = ByteString.CopyFrom(MemoryMarshal.AsBytes(piece)),
            });
        }

        frames[^1].Checksum = Checksum(vector);
        return frames;
    }

    /// <summary>CRC-32C (Castagnoli) of a vector's bytes.</summary>
    public static uint Checksum(ReadOnlySpan<float> vector)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(vector);
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        uint checksum = uint.MaxValue;
        foreach (ulong word in words) checksum = BitOperations.Crc32C(checksum, word);
        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..]) checksum = BitOperations.Crc32C(checksum, rest);
        return ~checksum;
    }
}
