using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit;

/// <summary>The images of a support or query set as the first block wants them; made once, used at every inner step.</summary>
/// <param name="Rows">Patches less their mean over the set, and a column of ones, [T, M, 10].</param>
/// <param name="Covariance">Covariance of the patches, [T, 9, 9].</param>
/// <param name="Shape">Shape of the first block's output without channels, [T, N, H, W].</param>
internal sealed record PatchSet(Tensor Rows, Tensor Covariance, long[] Shape)
{
    /// <summary>Prepares images, [T, N, 1, H, W].</summary>
    public static PatchSet Create(Tensor images)
    {
        using var scope = NewDisposeScope();
        long tasks = images.shape[0], examples = images.shape[1], height = images.shape[3], width = images.shape[4];
        Tensor patches = Patches.Gather(images.view(tasks, examples, height, width, 1));
        Tensor centred = patches.sub(patches.mean([1], keepdim: true));
        Tensor covariance = TaskMatrix.Outer(centred, centred).div(patches.shape[1]);
        Tensor rows = cat([centred, ones_like(centred.narrow(2, 0, 1))], 2);
        return new PatchSet(
            rows.MoveToOuterDisposeScope(),
            covariance.MoveToOuterDisposeScope(),
            [tasks, examples, Patches.Halve(height), Patches.Halve(width)]);
    }
}
