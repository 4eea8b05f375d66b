using System.Runtime.InteropServices;
using Google.Protobuf;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Shared.Parameters;

/// <summary>Cuts flat float32 vectors into frames that fit the wire.</summary>
public static class VectorFraming
{
    /// <summary>Elements in a full frame: 1 MiB, a quarter of gRPC's default limit on a message.</summary>
    public const int FrameElements = FrameBytes / sizeof(float);

    /// <summary>Bytes of a full frame.</summary>
    internal const int FrameBytes = 1 << 20;

    /// <summary>Cuts a vector into frames, in order; the last one carries the checksum of the whole. An empty vector is one empty frame.</summary>
    /// <param name="runId">The run that the vector belongs to.</param>
    /// <param name="vectorId">Version of θ, or lease of a meta-gradient.</param>
    /// <param name="vector">The vector. As float32 it is not copied: it must not change until the frames are on their way.</param>
    /// <param name="precision">How elements are encoded.</param>
    public static IReadOnlyList<VectorFrame> Cut(
        string runId, ulong vectorId, float[] vector, GradientPrecision precision = GradientPrecision.Float32)
    {
        int scaleExponent = ReducedPrecision.ScaleExponentOf(vector, precision);
        ReadOnlyMemory<byte> bytes = Encode(vector, precision, scaleExponent);
        var frames = new VectorFrame[Math.Max(1, (bytes.Length + FrameBytes - 1) / FrameBytes)];
        for (int i = 0; i < frames.Length; i++)
        {
            int offset = i * FrameBytes;
            frames[i] = new VectorFrame
            {
                RunId = runId,
                VectorId = vectorId,
                TotalElements = (ulong)vector.Length,
                OffsetElements = (ulong)(offset / ElementBytes(precision)),
                Data = UnsafeByteOperations.UnsafeWrap(bytes[offset..Math.Min(offset + FrameBytes, bytes.Length)]),
                Precision = ToMessage(precision),
                ScaleExponent = scaleExponent,
            };
        }

        frames[^1].Checksum = VectorChecksum.Finish(VectorChecksum.Append(VectorChecksum.Start, bytes.Span));
        return frames;
    }

    /// <summary>The one frame of a vector that lies in a file, as float32. Without a checksum: memory of this machine is as good as any other of it.</summary>
    /// <param name="runId">The run that the vector belongs to.</param>
    /// <param name="vectorId">Version of θ, or lease of a meta-gradient.</param>
    /// <param name="elements">Its length.</param>
    /// <param name="file">The file's name.</param>
    public static VectorFrame Name(string runId, ulong vectorId, int elements, string file) =>
        new() { RunId = runId, VectorId = vectorId, TotalElements = (ulong)elements, File = file };

    /// <summary>Rounds a vector in place, to what it is after it has crossed the wire. What was rounded before stays as it is.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="precision">How it would cross the wire; float32 changes nothing.</param>
    public static void Round(Span<float> vector, GradientPrecision precision) => ReducedPrecision.Round(vector, precision);

    /// <summary>CRC-32C (Castagnoli) of a vector's bytes.</summary>
    public static uint Checksum(ReadOnlySpan<float> vector) =>
        VectorChecksum.Finish(VectorChecksum.Append(VectorChecksum.Start, MemoryMarshal.AsBytes(vector)));

    /// <summary>Bytes of an element on the wire.</summary>
    internal static int ElementBytes(GradientPrecision precision) => precision == GradientPrecision.Float32 ? sizeof(float) : sizeof(ushort);

    /// <summary>A precision as it crosses the wire.</summary>
    internal static VectorPrecision ToMessage(GradientPrecision precision) => precision switch
    {
        GradientPrecision.Float32 => VectorPrecision.Float32,
        GradientPrecision.BFloat16 => VectorPrecision.Bfloat16,
        GradientPrecision.Float16 => VectorPrecision.Float16,
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "There is no such precision."),
    };

    private static ReadOnlyMemory<byte> Encode(float[] vector, GradientPrecision precision, int scaleExponent)
    {
        if (precision == GradientPrecision.Float32) return new FloatBytes(vector).Memory;
        byte[] encoded = GC.AllocateUninitializedArray<byte>(vector.Length * sizeof(ushort));
        ReducedPrecision.Encode(vector, precision, scaleExponent, encoded);
        return encoded;
    }
}
