using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Maml.Cluster.Coordinator.Optimization;

/// <summary>The Euclidean norm of a meta-gradient, and clipping by it.</summary>
internal static class GradientNorm
{
    private const int Lanes = 4;
    private const int Block = 1024;

    /// <summary>
    /// The Euclidean norm, summed in float64 in blocks of a fixed size and four fixed lanes: the same bits on every machine, however
    /// wide its vector registers are.
    /// </summary>
    public static double Of(ReadOnlySpan<float> vector)
    {
        double total = 0;
        for (; vector.Length > Block; vector = vector[Block..]) total += SumOfSquares(vector[..Block]);
        return Math.Sqrt(total + SumOfSquares(vector));
    }

    /// <summary>Divides a vector, and takes the norm of what comes out, in one pass over memory; the bits are those of one after the other.</summary>
    /// <param name="vector">The vector; changed in place.</param>
    /// <param name="divisor">What every element is divided by.</param>
    /// <returns>The Euclidean norm of the quotient, as <see cref="Of"/> computes it.</returns>
    public static double DivideAndMeasure(Span<float> vector, float divisor)
    {
        double total = 0;
        for (; vector.Length > Block; vector = vector[Block..]) total += DivideAndSumSquares(vector[..Block], divisor);
        return Math.Sqrt(total + DivideAndSumSquares(vector, divisor));
    }

    /// <summary>Scales a vector down to a norm where it exceeds it.</summary>
    /// <param name="vector">The vector; changed in place.</param>
    /// <param name="norm">Its norm, from <see cref="Of"/>.</param>
    /// <param name="maximum">The largest norm allowed; 0 means any.</param>
    public static void Clip(Span<float> vector, double norm, double maximum)
    {
        if (maximum > 0 && norm > maximum) TensorPrimitives.Multiply(vector, (float)(maximum / norm), vector);
    }

    private static double DivideAndSumSquares(Span<float> block, float divisor)
    {
        TensorPrimitives.Divide(block, divisor, block);
        return SumOfSquares(block);
    }

    private static double SumOfSquares(ReadOnlySpan<float> block)
    {
        Vector256<double> sum = Vector256<double>.Zero;
        for (; block.Length >= Lanes; block = block[Lanes..])
        {
            (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(Vector128.Create(block));
            var values = Vector256.Create(lower, upper);
            sum += values * values;
        }

        double rest = 0;
        foreach (float value in block) rest += (double)value * value;
        return (sum[0] + sum[1]) + (sum[2] + sum[3]) + rest;
    }
}
