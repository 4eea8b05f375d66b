using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Convolutions;

/// <summary>The 3×3 neighbourhoods that a convolution with padding 1 and stride 2 sees, as the rows of a matrix.</summary>
internal abstract class PatchLayout
{
    /// <summary>From one neighbourhood to the next.</summary>
    protected const int Stride = 2;

    /// <summary>Height or width after the convolution.</summary>
    public static long Halve(long side) => ((side - 1) / Stride) + 1;

    /// <summary>[T, N, H, W, C] → [T, N·H′·W′, 9·C], columns in the order (row, column, channel).</summary>
    public abstract Tensor Gather(Tensor images);

    /// <summary>The adjoint of <see cref="Gather"/>: adds every row's elements to the pixels that they came from.</summary>
    /// <param name="rows">[T, N·H′·W′, 9·C].</param>
    /// <param name="shape">[T, N, H, W, C].</param>
    public abstract Tensor Scatter(Tensor rows, long[] shape);
}
