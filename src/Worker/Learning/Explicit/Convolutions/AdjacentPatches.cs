using Maml.Cluster.Worker.Learning.Explicit.Layers;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Convolutions;

/// <summary>
/// Patches with stride 1, as tensor operations: for any device. The gradient of the images is then a convolution of the same kind, of the
/// gradient with the filters turned around: nothing is scattered, and what is added up is added within one matrix product.
/// </summary>
internal sealed class AdjacentPatches() : PatchLayout(stride: 1)
{
    private const int PatchSize = 9;

    /// <summary>The only one: it has no state.</summary>
    public static readonly AdjacentPatches Instance = new();

    /// <inheritdoc/>
    public override Tensor ImagesGradient(Tensor gradient, Tensor filters, long[] shape) =>
        TaskMatrix.Multiply(GatherRows(gradient, shape), Turn(filters, shape)).view(shape);

    /// <inheritdoc/>
    public override Tensor ImagesGradientTangent(
        Tensor gradient, Tensor gradientTangent, Tensor filters, Tensor direction, long[] shape) =>
        TaskMatrix.MultiplyAdd(
            GatherRows(gradientTangent, shape), Turn(filters, shape), GatherRows(gradient, shape), Turn(direction, shape)).view(shape);

    private Tensor GatherRows(Tensor rows, long[] shape) => Gather(rows.view(shape[0], shape[1], shape[2], shape[3], -1));

    // [9·C, C′] → [9·C′, C], the nine pixels in reverse.
    private static Tensor Turn(Tensor filters, long[] shape)
    {
        long[] leading = filters.shape[..^2];
        Tensor pixels = filters.view([.. leading, PatchSize, shape[^1], filters.shape[^1]]);
        return pixels.flip(-3).transpose(-1, -2).reshape([.. leading, -1, shape[^1]]);
    }
}
