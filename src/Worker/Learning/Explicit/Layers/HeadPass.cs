using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Layers;

/// <summary>The linear head over the mean of the last block's pixels.</summary>
/// <param name="weight">[C, outputs] or [T, C, outputs].</param>
/// <param name="bias">[1, outputs] or [T, 1, outputs].</param>
internal sealed class HeadPass(Tensor weight, Tensor bias) : LayerPass
{
    private long[] _inputShape = [];
    private Tensor _features = null!;
    private Tensor _featuresTangent = null!;
    private Tensor _outputGradient = null!;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor? input)
    {
        using var scope = NewDisposeScope();
        _inputShape = input!.shape;
        _features = input.mean([2, 3]);
        Tensor outputs = TaskMatrix.Multiply(_features, weight).add_(bias);
        Keep(scope, _features);
        return scope.MoveToOuter(outputs);
    }

    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient, Span<Tensor> weightGradients)
    {
        using var scope = NewDisposeScope();
        _outputGradient = outputGradient;
        weightGradients[0] = TaskMatrix.Outer(_features, outputGradient);
        weightGradients[1] = outputGradient.sum(1, keepdim: true);
        Tensor inputGradient = Spread(TaskMatrix.Multiply(outputGradient, weight.transpose(-1, -2)));
        Keep(scope, weightGradients);
        return scope.MoveToOuter(inputGradient);
    }

    /// <inheritdoc/>
    public override Tensor TangentForward(Tensor? inputTangent, ReadOnlySpan<Tensor> direction)
    {
        using var scope = NewDisposeScope();
        _featuresTangent = inputTangent!.mean([2, 3]);
        Tensor tangent = TaskMatrix.MultiplyAdd(_featuresTangent, weight, _features, direction[0]).add_(direction[1]);
        Keep(scope, _featuresTangent);
        return scope.MoveToOuter(tangent);
    }

    /// <inheritdoc/>
    public override Tensor TangentBackward(
        Tensor outputGradientTangent, ReadOnlySpan<Tensor> direction, Span<Tensor> products, bool sumOverTasks)
    {
        using var scope = NewDisposeScope();
        products[0] = TaskMatrix.OuterTangent(_features, _featuresTangent, _outputGradient, outputGradientTangent, sumOverTasks);
        products[1] = TaskMatrix.Reduce(outputGradientTangent.sum(1, keepdim: true), sumOverTasks);
        Tensor inputTangent = Spread(TaskMatrix.MultiplyAdd(
            outputGradientTangent, weight.transpose(-1, -2), _outputGradient, direction[0].transpose(1, 2)));
        Keep(scope, products);
        return scope.MoveToOuter(inputTangent);
    }

    // The adjoint of the mean over pixels.
    private Tensor Spread(Tensor features) =>
        features.div(_inputShape[2] * _inputShape[3]).unsqueeze(2).unsqueeze(3).expand(_inputShape);
}
