using System.Numerics;
using Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Winograd;

/// <summary>Transforms between 3×3 filters, [C′, 9, C], and their sixteen matrices.</summary>
internal static unsafe class FilterTransforms<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Taps = 9;
    private const int Side = 4;

    // A divisor of every vector's length.
    private const int TransposedAtOnce = 4;

    /// <summary>G w Gᵀ, [C′, C] each: what a gradient of outputs is multiplied with.</summary>
    public static void ToRows(T* filters, TileMatrices<T> matrices)
    {
        for (int k = 0; k < matrices.Rows; k++) TransformRow(filters + ((nint)k * Taps * matrices.Columns), matrices.Columns, k, matrices);
    }

    /// <summary>Their transposes, [C, C′] each: what an input is multiplied with.</summary>
    public static void ToColumns(T* filters, TileMatrices<T> matrices)
    {
        int inputs = matrices.Rows, outputs = matrices.Columns;
        T* columns = stackalloc T[TransposedAtOnce * Taps * outputs];
        for (int first = 0; first < inputs; first += TransposedAtOnce)
        {
            for (int k = 0; k < outputs; k++)
            {
                for (int tap = 0; tap < Taps; tap++)
                {
                    T* from = filters + (((k * Taps) + tap) * inputs) + first, to = columns + (tap * outputs) + k;
                    for (int c = 0; c < TransposedAtOnce; c++, to += Taps * outputs) *to = from[c];
                }
            }

            for (int c = 0; c < TransposedAtOnce; c++) TransformRow(columns + (c * Taps * outputs), outputs, first + c, matrices);
        }
    }

    /// <summary>The transpose of <see cref="ToRows"/>: Gᵀ u G.</summary>
    public static void FromRows(TileMatrices<T> matrices, T* filters)
    {
        int outputs = matrices.Rows, inputs = matrices.Columns;
        nint stride = matrices.Stride;
        for (int k = 0; k < outputs; k++)
        {
            for (int c = 0; c < inputs; c += Lanes<T>.Count)
            {
                T* at = matrices[0] + (k * inputs) + c, weights = filters + (k * Taps * inputs) + c;
                Quad<T> first = Quad<T>.Load(at, stride), second = Quad<T>.Load(at + (Side * stride), stride);
                Quad<T> third = Quad<T>.Load(at + (2 * Side * stride), stride), last = Quad<T>.Load(at + (3 * Side * stride), stride);
                Quad<T> sum = (second + third).Halve();
                (first + sum).StoreWeights(weights, inputs);
                (second - third).Halve().StoreWeights(weights + (3 * inputs), inputs);
                (sum + last).StoreWeights(weights + (6 * inputs), inputs);
            }
        }
    }

    private static void TransformRow(T* filters, nint tapStride, int row, TileMatrices<T> matrices)
    {
        nint stride = matrices.Stride;
        for (int c = 0; c < matrices.Columns; c += Lanes<T>.Count)
        {
            T* weights = filters + c, at = matrices[0] + ((nint)row * matrices.Columns) + c;
            Quad<T> first = Quad<T>.OfWeights(weights, tapStride), last = Quad<T>.OfWeights(weights + (6 * tapStride), tapStride);
            Quad<T> middle = Quad<T>.OfWeights(weights + (3 * tapStride), tapStride).Halve(), outer = (first + last).Halve();
            first.Store(at, stride);
            (outer + middle).Store(at + (Side * stride), stride);
            (outer - middle).Store(at + (2 * Side * stride), stride);
            last.Store(at + (3 * Side * stride), stride);
        }
    }
}
