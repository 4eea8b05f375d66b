using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Shared.Parameters;

/// <summary>float32 vectors as 16 bits an element and back, rounded to the nearest and to even: the same bits on every machine.</summary>
internal static class ReducedPrecision
{
    /// <summary>Beyond this a power of two, or its inverse, is no normal float32.</summary>
    public const int LargestScaleExponent = 126;

    // Leaves the largest element between 2^14 and 2^15; float16 reaches almost to 2^16.
    private const int LargestHalfExponent = 14;
    private const int Block = 4096;
    private const uint Infinity = 0x7f80_0000;
    private const uint QuietBit = 0x0040_0000;

    /// <summary>The power of two by which a vector is divided before it is rounded.</summary>
    /// <returns>0 for all but float16, and where there is nothing to scale.</returns>
    public static int ScaleExponentOf(ReadOnlySpan<float> vector, GradientPrecision precision)
    {
        if (precision != GradientPrecision.Float16 || vector.IsEmpty) return 0;
        float largest = MathF.Abs(TensorPrimitives.MaxMagnitude(vector));
        if (!(largest > 0 && float.IsFinite(largest))) return 0;

        // Of the largest as it will be rounded, which may be the next power of two: a vector that was rounded before is rounded to itself.
        int exponent = MathF.ILogB(largest);
        if ((float)(Half)MathF.ScaleB(largest, -exponent) >= 2) exponent++;
        return Math.Clamp(exponent - LargestHalfExponent, -LargestScaleExponent, LargestScaleExponent);
    }

    /// <summary>Rounds a vector in place, to what it is after it has crossed the wire. What was rounded before stays as it is.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="precision">How it would cross the wire; float32 changes nothing.</param>
    public static void Round(Span<float> vector, GradientPrecision precision)
    {
        if (precision == GradientPrecision.Float32) return;
        int scaleExponent = ScaleExponentOf(vector, precision);
        Span<byte> encoded = stackalloc byte[2 * Block];
        while (!vector.IsEmpty)
        {
            int count = Math.Min(Block, vector.Length);
            Encode(vector[..count], precision, scaleExponent, encoded[..(2 * count)]);
            Decode(encoded[..(2 * count)], precision, scaleExponent, vector[..count]);
            vector = vector[count..];
        }
    }

    /// <summary>Rounds.</summary>
    /// <param name="vector">The vector; values that are not finite stay so.</param>
    /// <param name="precision">float16 or bfloat16.</param>
    /// <param name="scaleExponent">From <see cref="ScaleExponentOf"/>.</param>
    /// <param name="encoded">Receives two bytes an element.</param>
    public static void Encode(ReadOnlySpan<float> vector, GradientPrecision precision, int scaleExponent, Span<byte> encoded)
    {
        if (precision == GradientPrecision.BFloat16)
        {
            EncodeBFloat16(vector, MemoryMarshal.Cast<byte, ushort>(encoded));
            return;
        }

        Span<Half> halves = MemoryMarshal.Cast<byte, Half>(encoded);
        float scale = MathF.ScaleB(1, -scaleExponent);
        Span<float> scaled = stackalloc float[Math.Min(Block, vector.Length)];
        for (; !vector.IsEmpty; vector = vector[scaled.Length..], halves = halves[scaled.Length..])
        {
            scaled = scaled[..Math.Min(scaled.Length, vector.Length)];
            TensorPrimitives.Multiply(vector[..scaled.Length], scale, scaled);
            TensorPrimitives.ConvertToHalf(scaled, halves);
        }
    }

    /// <summary>Takes a vector back; exact.</summary>
    /// <param name="encoded">Two bytes an element.</param>
    /// <param name="precision">float16 or bfloat16.</param>
    /// <param name="scaleExponent">What it was scaled by.</param>
    /// <param name="vector">Receives it; as long as there are elements.</param>
    public static void Decode(ReadOnlySpan<byte> encoded, GradientPrecision precision, int scaleExponent, Span<float> vector)
    {
        if (precision == GradientPrecision.BFloat16)
        {
            DecodeBFloat16(MemoryMarshal.Cast<byte, ushort>(encoded), vector);
            return;
        }

        TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(encoded), vector);
        if (scaleExponent != 0) TensorPrimitives.Multiply(vector, MathF.ScaleB(1, scaleExponent), vector);
    }

    private static void EncodeBFloat16(ReadOnlySpan<float> vector, Span<ushort> encoded)
    {
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(vector);
        int width = Vector<uint>.Count;
        int i = 0;
        for (; i <= bits.Length - (2 * width); i += 2 * width)
            Vector.Narrow(Round(new Vector<uint>(bits[i..])), Round(new Vector<uint>(bits[(i + width)..]))).CopyTo(encoded[i..]);
        for (; i < bits.Length; i++) encoded[i] = (ushort)Round(new Vector<uint>(bits[i]))[0];
    }

    private static Vector<uint> Round(Vector<uint> bits)
    {
        Vector<uint> rounded = bits + new Vector<uint>(0x7fff) + ((bits >> 16) & Vector<uint>.One);

        // Rounding up could carry a payload over into the sign.
        Vector<uint> isNoNumber = Vector.GreaterThan(bits & new Vector<uint>(0x7fff_ffff), new Vector<uint>(Infinity));
        return Vector.ConditionalSelect(isNoNumber, bits | new Vector<uint>(QuietBit), rounded) >> 16;
    }

    private static void DecodeBFloat16(ReadOnlySpan<ushort> encoded, Span<float> vector)
    {
        Span<uint> bits = MemoryMarshal.Cast<float, uint>(vector);
        int width = Vector<ushort>.Count;
        int i = 0;
        for (; i <= encoded.Length - width; i += width)
        {
            Vector.Widen(new Vector<ushort>(encoded[i..]), out Vector<uint> lower, out Vector<uint> upper);
            (lower << 16).CopyTo(bits[i..]);
            (upper << 16).CopyTo(bits[(i + Vector<uint>.Count)..]);
        }

        for (; i < encoded.Length; i++) bits[i] = (uint)encoded[i] << 16;
    }
}
