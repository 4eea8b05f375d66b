using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Convolutions;

/// <summary>
/// The 3×3 neighbourhoods that a convolution with padding 1 sees, as the rows of a matrix: the convolution is their product with
/// its filters.
/// </summary>
/// <param name="stride">From one neighbourhood to the next, 1 or 2.</param>
internal abstract class PatchLayout(int stride)
{
    private const int Side = 3;

    /// <summary>From one neighbourhood to the next.</summary>
    protected int Stride { get; } = stride;

    /// <summary>Height or width after the convolution.</summary>
    /// <param name="side">Before it.</param>
    public long Steps(long side) => ((side - 1) / Stride) + 1;

    /// <summary>[T, N, H, W, C] → [T, N·H′·W′, 9·C], columns in the order (row, column, channel).</summary>
    public virtual Tensor Gather(Tensor images)
    {
        long[] shape = images.shape;
        long down = Steps(shape[2]), across = Steps(shape[3]), channels = shape[4];
        Tensor padded = nn.functional.pad(images, [0, 0, 1, 1, 1, 1]);
        long[] strides = padded.stride();
        Tensor windows = padded.as_strided(
            [shape[0], shape[1], down, across, Side, Side * channels],
            [strides[0], strides[1], Stride * strides[2], Stride * strides[3], strides[2], 1]);
        return windows.reshape(shape[0], shape[1] * down * across, Side * Side * channels);
    }

    /// <summary>The gradient of the images, from that of the product.</summary>
    /// <param name="gradient">[T, N·H′·W′, C′].</param>
    /// <param name="filters">[9·C, C′] or [T, 9·C, C′].</param>
    /// <param name="shape">The images', [T, N, H, W, C].</param>
    public abstract Tensor ImagesGradient(Tensor gradient, Tensor filters, long[] shape);

    /// <summary>How <see cref="ImagesGradient"/> changes where the gradient and each task's filters do.</summary>
    /// <param name="gradient">As there.</param>
    /// <param name="gradientTangent">How the gradient changes.</param>
    /// <param name="filters">As there.</param>
    /// <param name="direction">How the filters change, [T, 9·C, C′].</param>
    /// <param name="shape">As there.</param>
    public abstract Tensor ImagesGradientTangent(
        Tensor gradient, Tensor gradientTangent, Tensor filters, Tensor direction, long[] shape);
}
