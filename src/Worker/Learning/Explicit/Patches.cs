using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit;

/// <summary>The 3×3 neighbourhoods that a convolution with padding 1 and stride 2 sees, as the rows of a matrix.</summary>
internal static class Patches
{
    private const int Stride = 2;

    /// <summary>Height or width after the convolution.</summary>
    public static long Halve(long side) => ((side - 1) / Stride) + 1;

    /// <summary>[T, N, H, W, C] → [T, N·H′·W′, 9·C], columns in the order (row, column, channel).</summary>
    public static Tensor Gather(Tensor images)
    {
        (long tasks, long examples, long height, long width, long channels) = Dimensions(images.shape);
        Tensor padded = nn.functional.pad(images, [0, 0, 1, 1, 1, 1]);
        long[] strides = padded.stride();
        Tensor windows = padded.as_strided(
            [tasks, examples, Halve(height), Halve(width), 3, 3 * channels],
            [strides[0], strides[1], Stride * strides[2], Stride * strides[3], strides[2], 1]);
        return windows.reshape(tasks, examples * Halve(height) * Halve(width), 9 * channels);
    }

    /// <summary>The adjoint of <see cref="Gather"/>: adds every row's elements to the pixels that they came from.</summary>
    /// <param name="rows">[T, N·H′·W′, 9·C].</param>
    /// <param name="shape">[T, N, H, W, C].</param>
    public static Tensor Scatter(Tensor rows, long[] shape)
    {
        (long tasks, long examples, long height, long width, long channels) = Dimensions(shape);
        long down = Halve(height), across = Halve(width);
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

    private static (long Tasks, long Examples, long Height, long Width, long Channels) Dimensions(long[] shape) =>
        (shape[0], shape[1], shape[2], shape[3], shape[4]);
}
