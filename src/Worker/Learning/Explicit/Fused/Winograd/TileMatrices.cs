using System.Numerics;
using Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Winograd;

/// <summary>
/// Sixteen matrices, one for each position in a transformed tile: rows are tiles or channels, columns are channels. A convolution is the
/// product of sixteen of these with sixteen of filters.
/// </summary>
internal readonly unsafe struct TileMatrices<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many there are.</summary>
    public const int Count = 16;

    private readonly T* _first;

    /// <summary>Makes room for them, in the dispose scope around.</summary>
    /// <param name="like">A tensor of the same device and precision.</param>
    /// <param name="rows">Rows of each.</param>
    /// <param name="columns">Columns of each.</param>
    public TileMatrices(Tensor like, int rows, int columns)
    {
        // A vector more, so that the same row of all sixteen is not in the same set of a cache.
        Rows = rows;
        Columns = columns;
        Stride = ((nint)rows * columns) + Lanes<T>.Count;
        Numbers = (int)(Count * Stride);
        _first = Lanes<T>.Of(like.new_empty([Numbers]));
    }

    /// <summary>Rows of each.</summary>
    public int Rows { get; }

    /// <summary>Columns of each, a multiple of a vector's length.</summary>
    public int Columns { get; }

    /// <summary>From a number in one matrix to the same in the next.</summary>
    public nint Stride { get; }

    private int Numbers { get; }

    /// <summary>One matrix.</summary>
    public T* this[int position] => _first + (position * Stride);

    /// <summary>Sets all to zero.</summary>
    public void Clear() => new Span<T>(_first, Numbers).Clear();
}
