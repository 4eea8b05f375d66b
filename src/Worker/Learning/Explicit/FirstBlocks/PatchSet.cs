using Maml.Cluster.Worker.Learning.Explicit.Activations;
using Maml.Cluster.Worker.Learning.Explicit.Convolutions;
using Maml.Cluster.Worker.Learning.Explicit.Layers;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.FirstBlocks;

/// <summary>Images as the patches of a convolution, for any device.</summary>
internal sealed class PatchSet : ImageSet
{
    private readonly Tensor _rows;
    private readonly long[] _shape;
    private readonly int _window;

    private PatchSet(Tensor rows, Tensor covariance, long[] shape, int window)
    {
        (_rows, Covariance, _shape, _window) = (rows, covariance, shape, window);
    }

    /// <inheritdoc/>
    public override Tensor Covariance { get; }

    /// <summary>Prepares images, [T, N, 1, H, W].</summary>
    /// <param name="images">The images.</param>
    /// <param name="layout">The patches that the convolution sees.</param>
    /// <param name="window">Height and width of what is pooled, 1 or 2 activations.</param>
    public static PatchSet Create(Tensor images, PatchLayout layout, int window)
    {
        using var scope = NewDisposeScope();
        long tasks = images.shape[0], examples = images.shape[1], height = images.shape[3], width = images.shape[4];
        Tensor patches = layout.Gather(images.view(tasks, examples, height, width, 1));

        // In double precision whatever the images have: neighbouring pixels are alike, so that the variance of a filter's output is small beside the
        // entries that it is made of, and their errors would come to the front.
        Tensor exact = patches.to_type(ScalarType.Float64);
        exact = exact.sub(exact.mean([1], keepdim: true));
        Tensor covariance = TaskMatrix.Outer(exact, exact).div(patches.shape[1]).to_type(images.dtype);
        Tensor centred = exact.to_type(images.dtype);
        Tensor rows = cat([centred, ones_like(centred.narrow(2, 0, 1))], 2);
        return new PatchSet(
            scope.MoveToOuter(rows),
            scope.MoveToOuter(covariance),
            [tasks, examples, layout.Steps(height), layout.Steps(width)],
            window);
    }

    /// <inheritdoc/>
    public override FirstConvolution Convolve() => new PatchFirstConvolution(_rows, new TensorPooling(_shape, _window));
}
