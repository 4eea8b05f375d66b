using Maml.Cluster.Worker.Learning.Explicit.Layers;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Convolutions;

/// <summary>
/// A convolution as a matrix product over patches: all tasks' products, each with its own filters, are one batch. With stride 2
/// a pixel is in few patches; with stride 1 it is in nine, and copying them pays where the library has no fast convolution for such a batch.
/// </summary>
/// <param name="filters">[9·C, C′] or [T, 9·C, C′], rows in the order (row, column, channel).</param>
/// <param name="patches">How patches are copied, and the stride.</param>
internal sealed class PatchConvolution(Tensor filters, PatchLayout patches) : ConvolutionPass
{
    private long[] _inputShape = [];
    private Tensor _gathered = null!;
    private Tensor _gatheredTangent = null!;
    private Tensor _outputGradient = null!;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        _inputShape = input.shape;
        _gathered = patches.Gather(input);
        Tensor output = TaskMatrix.Multiply(_gathered, filters);
        scope.MoveToOuter(_gathered);
        return scope.MoveToOuter(Unflatten(output));
    }

    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient, out Tensor filterGradient)
    {
        using var scope = NewDisposeScope();
        _outputGradient = Flatten(outputGradient);
        filterGradient = TaskMatrix.Outer(_gathered, _outputGradient);
        Tensor inputGradient = patches.ImagesGradient(_outputGradient, filters, _inputShape);
        LayerPass.Keep(scope, _outputGradient, filterGradient);
        return scope.MoveToOuter(inputGradient);
    }

    /// <inheritdoc/>
    public override Tensor TangentForward(Tensor inputTangent, Tensor direction)
    {
        using var scope = NewDisposeScope();
        _gatheredTangent = patches.Gather(inputTangent);
        Tensor tangent = TaskMatrix.MultiplyAdd(_gatheredTangent, filters, _gathered, direction);
        scope.MoveToOuter(_gatheredTangent);
        return scope.MoveToOuter(Unflatten(tangent));
    }

    /// <inheritdoc/>
    public override Tensor TangentBackward(
        Tensor outputGradientTangent, Tensor direction, bool sumOverTasks, out Tensor filterProduct)
    {
        using var scope = NewDisposeScope();
        Tensor tangent = Flatten(outputGradientTangent);
        filterProduct = TaskMatrix.OuterTangent(_gathered, _gatheredTangent, _outputGradient, tangent, sumOverTasks);
        scope.MoveToOuter(filterProduct);
        return scope.MoveToOuter(patches.ImagesGradientTangent(_outputGradient, tangent, filters, direction, _inputShape));
    }

    private static Tensor Flatten(Tensor images) => images.reshape(images.shape[0], -1, images.shape[^1]);

    private Tensor Unflatten(Tensor rows) =>
        rows.view(_inputShape[0], _inputShape[1], patches.Steps(_inputShape[2]), patches.Steps(_inputShape[3]), rows.shape[^1]);
}
