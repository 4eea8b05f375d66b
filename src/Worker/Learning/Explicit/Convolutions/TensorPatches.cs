using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Convolutions;

/// <summary>Patches with stride 2 as tensor operations: for any device.</summary>
internal sealed class TensorPatches : ScatteredPatches
{
    /// <summary>The only one: it has no state.</summary>
    public static readonly TensorPatches Instance = new();

    /// <inheritdoc/>
    public override Tensor Scatter(Tensor rows, long[] shape)
    {
        (long tasks, long examples, long height, long width, long channels) = (shape[0], shape[1], shape[2], shape[3], shape[4]);
        long down = Steps(height), across = Steps(width);
        Tensor windows = rows.view(tasks, examples, down, across, 3, 3 * channels).transpose(3, 4);

        // The padded image as blocks of 2×2 pixels, the stride of the windows: a window is one block, the left column of
        // the block to its right, the upper row of the block below, and the first pixel of the block between those two.
        Tensor blocks = rows.new_empty([tasks, examples, down + 1, 2, across + 1, 2 * channels]);
        blocks.select(2, down).zero_();
        blocks.select(4, across).zero_();
        Tensor upper = windows.narrow(3, 0, 2), lower = windows.select(3, 2);
        Tensor blocksAbove = blocks.narrow(2, 0, down), blocksBelow = blocks.narrow(2, 1, down).select(3, 0);
        blocksAbove.narrow(4, 0, across).copy_(upper.narrow(5, 0, 2 * channels));
        blocksAbove.narrow(4, 1, across).narrow(5, 0, channels).add_(upper.narrow(5, 2 * channels, channels));
        blocksBelow.narrow(3, 0, across).add_(lower.narrow(4, 0, 2 * channels));
        blocksBelow.narrow(3, 1, across).narrow(4, 0, channels).add_(lower.narrow(4, 2 * channels, channels));
        return blocks.view(tasks, examples, 2 * (down + 1), 2 * (across + 1), channels).narrow(2, 1, height).narrow(3, 1, width);
    }
}
