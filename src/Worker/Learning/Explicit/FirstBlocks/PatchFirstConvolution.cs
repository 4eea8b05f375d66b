using Maml.Cluster.Worker.Learning.Explicit.Layers;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.FirstBlocks;

/// <summary>The first convolution as a product with ten columns, and ReLU, as tensor operations: for any device.</summary>
/// <param name="rows">Patches less their mean over the set, and a column of ones, [T, M, 10].</param>
/// <param name="shape">Shape of the output without channels, [T, N, H, W].</param>
internal sealed class PatchFirstConvolution(Tensor rows, long[] shape) : FirstConvolution
{
    private Tensor _mask = null!;

    /// <inheritdoc/>
    public override Tensor Activate(Tensor filters)
    {
        Tensor output = rows.bmm(filters).relu_();
        _mask = output.sign();
        return output.view([.. shape, -1]);
    }

    /// <inheritdoc/>
    public override Tensor FilterGradient(Tensor outputGradient)
    {
        using Tensor masked = outputGradient.reshape(_mask.shape).mul(_mask);
        return TaskMatrix.Outer(rows, masked);
    }

    /// <inheritdoc/>
    public override Tensor ActivateTangent(Tensor filtersTangent) =>
        rows.bmm(filtersTangent).mul_(_mask).view([.. shape, -1]);
}
