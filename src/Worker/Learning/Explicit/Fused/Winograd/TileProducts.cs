using System.Numerics;
using System.Runtime.Intrinsics;
using Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Winograd;

/// <summary>
/// Matrix products of a few dozen rows with sums that stay in registers: four rows of four vectors. A library's product first copies its
/// arguments to where it wants them; here they are in the cache, as they are wanted.
/// </summary>
internal static unsafe class TileProducts<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowsAtOnce = 4;

    /// <summary>y = x · w for each position.</summary>
    /// <param name="x">[rows, inner].</param>
    /// <param name="w">[inner, columns].</param>
    /// <param name="y">[rows, columns].</param>
    /// <param name="rows">Rows in use of x and y.</param>
    public static void Multiply(TileMatrices<T> x, TileMatrices<T> w, TileMatrices<T> y, int rows) => Multiply(x, w, y, rows, isAdded: false);

    /// <summary>y + x · w for each position.</summary>
    public static void MultiplyAdd(TileMatrices<T> x, TileMatrices<T> w, TileMatrices<T> y, int rows) => Multiply(x, w, y, rows, isAdded: true);

    /// <summary>y + xᵀ · w for each position.</summary>
    /// <param name="x">[inner, rows].</param>
    /// <param name="w">[inner, columns].</param>
    /// <param name="y">[rows, columns].</param>
    /// <param name="inner">Rows in use of x and w.</param>
    public static void AddOuter(TileMatrices<T> x, TileMatrices<T> w, TileMatrices<T> y, int inner)
    {
        for (int position = 0; position < TileMatrices<T>.Count; position++)
            Multiply(x[position], 1, x.Columns, w[position], y[position], x.Columns, inner, w.Columns, isAdded: true);
    }

    private static void Multiply(TileMatrices<T> x, TileMatrices<T> w, TileMatrices<T> y, int rows, bool isAdded)
    {
        for (int position = 0; position < TileMatrices<T>.Count; position++)
            Multiply(x[position], x.Columns, 1, w[position], y[position], rows, x.Columns, w.Columns, isAdded);
    }

    private static void Multiply(
        T* x, nint rowStride, nint innerStride, T* w, T* y, int rows, int inner, int columns, bool isAdded)
    {
        int wide = 4 * Lanes<T>.Count, column = 0;
        for (; column + wide <= columns; column += wide)
        {
            int row = 0;
            for (; row + RowsAtOnce <= rows; row += RowsAtOnce)
                FourRows(x + (row * rowStride), rowStride, innerStride, w + column, y + ((nint)row * columns) + column, inner, columns, isAdded);
            for (; row < rows; row++)
                OneRow(x + (row * rowStride), innerStride, w + column, y + ((nint)row * columns) + column, inner, columns, isAdded);
        }

        for (; column < columns; column += Lanes<T>.Count)
        {
            int row = 0;
            for (; row + (2 * RowsAtOnce) <= rows; row += 2 * RowsAtOnce)
                EightVectors(x + (row * rowStride), rowStride, innerStride, w + column, y + ((nint)row * columns) + column, inner, columns, isAdded);
            for (; row < rows; row++)
                OneVector(x + (row * rowStride), innerStride, w + column, y + ((nint)row * columns) + column, inner, columns, isAdded);
        }
    }

    private static void FourRows(T* x, nint rowStride, nint innerStride, T* w, T* y, int inner, int columns, bool isAdded)
    {
        nint vector = Lanes<T>.Count;
        Quad<T> first = default, second = default, third = default, fourth = default;
        if (isAdded)
        {
            first = Quad<T>.Load(y, vector);
            second = Quad<T>.Load(y + columns, vector);
            third = Quad<T>.Load(y + (2 * columns), vector);
            fourth = Quad<T>.Load(y + (3 * columns), vector);
        }

        T* x2 = x + (2 * rowStride);
        for (int i = 0; i < inner; i++)
        {
            Quad<T> weights = Quad<T>.Load(w, vector);
            first = first.AddProduct(*x, weights);
            second = second.AddProduct(x[rowStride], weights);
            third = third.AddProduct(*x2, weights);
            fourth = fourth.AddProduct(x2[rowStride], weights);
            x += innerStride;
            x2 += innerStride;
            w += columns;
        }

        first.Store(y, vector);
        second.Store(y + columns, vector);
        third.Store(y + (2 * columns), vector);
        fourth.Store(y + (3 * columns), vector);
    }

    private static void OneRow(T* x, nint innerStride, T* w, T* y, int inner, int columns, bool isAdded)
    {
        Quad<T> sums = isAdded ? Quad<T>.Load(y, Lanes<T>.Count) : default;
        for (int i = 0; i < inner; i++, x += innerStride, w += columns) sums = sums.AddProduct(*x, Quad<T>.Load(w, Lanes<T>.Count));
        sums.Store(y, Lanes<T>.Count);
    }

    // Where columns do not fill four vectors: as many rows as keep the processor from waiting for its own sums.
    private static void EightVectors(T* x, nint rowStride, nint innerStride, T* w, T* y, int inner, int columns, bool isAdded)
    {
        T* below = y + (RowsAtOnce * columns);
        Quad<T> upper = default, lower = default;
        if (isAdded) (upper, lower) = (Quad<T>.Load(y, columns), Quad<T>.Load(below, columns));
        for (int i = 0; i < inner; i++, x += innerStride, w += columns)
        {
            Vector512<T> weights = Vector512.Load(w);
            upper = upper.AddProducts(x, rowStride, weights);
            lower = lower.AddProducts(x + (RowsAtOnce * rowStride), rowStride, weights);
        }

        upper.Store(y, columns);
        lower.Store(below, columns);
    }

    private static void OneVector(T* x, nint innerStride, T* w, T* y, int inner, int columns, bool isAdded)
    {
        Vector512<T> sum = isAdded ? Vector512.Load(y) : default;
        for (int i = 0; i < inner; i++, x += innerStride, w += columns)
            sum = Lanes<T>.MultiplyAdd(Vector512.Create(*x), Vector512.Load(w), sum);
        sum.Store(y);
    }
}
