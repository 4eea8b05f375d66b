using Maml.Cluster.Worker.Learning.Explicit.Activations;
using Maml.Cluster.Worker.Learning.Explicit.Layers;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.FirstBlocks;

/// <summary>The first convolution as a product with ten columns, pooling, and ReLU, as tensor operations: for any device.</summary>
/// <param name="rows">Patches less their mean over the set, and a column of ones, [T, M, 10].</param>
/// <param name="pooling">Pooling of what the convolution gives.</param>
internal sealed class PatchFirstConvolution(Tensor rows, TensorPooling pooling) : FirstConvolution
{
    private Tensor _mask = null!;

    /// <inheritdoc/>
    public override Tensor Activate(Tensor filters)
    {
        using var scope = NewDisposeScope();
        Tensor output = pooling.Largest(rows.bmm(filters)).relu_();
        _mask = output.sign();
        pooling.Keep(scope);
        LayerPass.Keep(scope, _mask);
        return scope.MoveToOuter(Images(output));
    }

    /// <inheritdoc/>
    public override Tensor FilterGradient(Tensor outputGradient)
    {
        using var scope = NewDisposeScope();
        Tensor masked = outputGradient.reshape(_mask.shape).mul(_mask);
        return scope.MoveToOuter(TaskMatrix.Outer(rows, pooling.Spread(masked)));
    }

    /// <inheritdoc/>
    public override Tensor ActivateTangent(Tensor filtersTangent)
    {
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Images(pooling.Pick(rows.bmm(filtersTangent)).mul_(_mask)));
    }

    private Tensor Images(Tensor pooled) => pooled.view([.. pooling.PooledShape, -1]);
}
