using Maml.Cluster.Worker.Learning.Explicit.Convolutions;
using Maml.Cluster.Worker.Learning.Explicit.Layers;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.FirstBlocks;

/// <summary>Images as the patches of a convolution with stride 2, for any device.</summary>
internal sealed class PatchSet : ImageSet
{
    private readonly Tensor _rows;
    private readonly long[] _shape;

    private PatchSet(Tensor rows, Tensor covariance, long[] shape)
    {
        (_rows, Covariance, _shape) = (rows, covariance, shape);
    }

    /// <inheritdoc/>
    public override Tensor Covariance { get; }

    /// <summary>Prepares images, [T, N, 1, H, W].</summary>
    public static PatchSet Create(Tensor images)
    {
        using var scope = NewDisposeScope();
        long tasks = images.shape[0], examples = images.shape[1], height = images.shape[3], width = images.shape[4];
        Tensor patches = TensorPatches.Instance.Gather(images.view(tasks, examples, height, width, 1));
        Tensor centred = patches.sub(patches.mean([1], keepdim: true));
        Tensor covariance = TaskMatrix.Outer(centred, centred).div(patches.shape[1]);
        Tensor rows = cat([centred, ones_like(centred.narrow(2, 0, 1))], 2);
        return new PatchSet(
            scope.MoveToOuter(rows),
            scope.MoveToOuter(covariance),
            [tasks, examples, PatchLayout.Halve(height), PatchLayout.Halve(width)]);
    }

    /// <inheritdoc/>
    public override FirstConvolution Convolve() => new PatchFirstConvolution(_rows, _shape);
}
