using Maml.Cluster.Worker.Learning.Explicit.Layers;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Convolutions;

/// <summary>
/// Patches with stride 2, whose gradients are added to the pixels that they came from. A pixel is in one, two or four patches, and which
/// filter elements it meets there depends on where it is.
/// </summary>
internal abstract class ScatteredPatches() : PatchLayout(stride: 2)
{
    /// <summary>The adjoint of <see cref="PatchLayout.Gather"/>: adds every row's elements to the pixels that they came from.</summary>
    /// <param name="rows">[T, N·H′·W′, 9·C].</param>
    /// <param name="shape">[T, N, H, W, C].</param>
    public abstract Tensor Scatter(Tensor rows, long[] shape);

    /// <inheritdoc/>
    public override Tensor ImagesGradient(Tensor gradient, Tensor filters, long[] shape) =>
        Scatter(TaskMatrix.Multiply(gradient, filters.transpose(-1, -2)), shape);

    /// <inheritdoc/>
    public override Tensor ImagesGradientTangent(
        Tensor gradient, Tensor gradientTangent, Tensor filters, Tensor direction, long[] shape) =>
        Scatter(TaskMatrix.MultiplyAdd(gradientTangent, filters.transpose(-1, -2), gradient, direction.transpose(1, 2)), shape);
}
