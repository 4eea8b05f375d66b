using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit;

/// <summary>
/// A block after the first: 3×3 convolution of stride 2 as a matrix product over patches, batch normalisation with the
/// statistics of the batch at hand, ReLU. Tensors are channels-last, [T, N, H, W, C].
/// </summary>
/// <param name="weight">Filters, [9·C, C′] or [T, 9·C, C′], rows in the order (row, column, channel).</param>
/// <param name="scale">Scale of the normalisation, [1, C′] or [T, 1, C′].</param>
/// <param name="shift">Shift of the normalisation, [1, C′] or [T, 1, C′].</param>
internal sealed class ConvolutionBlockPass(Tensor weight, Tensor scale, Tensor shift) : LayerPass
{
    /// <summary>Added to the variance before its square root is taken; PyTorch's default.</summary>
    public const double Epsilon = 1e-5;

    private long[] _inputShape = [];
    private long[] _outputShape = [];
    private Tensor _patches = null!;
    private Tensor _normalised = null!;
    private Tensor _inverseDeviation = null!;
    private Tensor _mask = null!;
    private Tensor _preactivationGradient = null!;
    private Tensor _projected = null!;
    private Tensor _scaleGradient = null!;
    private Tensor _combinedScale = null!;
    private Tensor _productGradient = null!;
    private Tensor _patchesTangent = null!;
    private Tensor _normalisedTangent = null!;
    private Tensor _relativeDeviationTangent = null!;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        _inputShape = input.shape;
        _patches = Patches.Gather(input);
        Tensor product = TaskMatrix.Multiply(_patches, weight);
        product.sub_(product.mean([1], keepdim: true));
        _inverseDeviation = product.square().mean([1], keepdim: true).add_(Epsilon).rsqrt_();
        _normalised = product.mul_(_inverseDeviation);
        Tensor output = shift.addcmul(_normalised, scale, 1).relu_();
        _mask = output.sign();
        _outputShape = [_inputShape[0], _inputShape[1], Patches.Halve(_inputShape[2]), Patches.Halve(_inputShape[3]), output.shape[^1]];
        Keep(scope, _patches, _inverseDeviation, _normalised, _mask);
        return scope.MoveToOuter(output.view(_outputShape));
    }

    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient, Span<Tensor> weightGradients)
    {
        using var scope = NewDisposeScope();
        double share = -1.0 / _normalised.shape[1];
        _preactivationGradient = outputGradient.reshape(_mask.shape).mul(_mask);
        Tensor shiftGradient = _preactivationGradient.sum(1, keepdim: true);
        _scaleGradient = _preactivationGradient.mul(_normalised).sum(1, keepdim: true);
        _projected = _preactivationGradient.add(shiftGradient, share).addcmul_(_normalised, _scaleGradient, share);
        _combinedScale = _inverseDeviation.mul(scale);
        _productGradient = _projected.mul(_combinedScale);
        weightGradients[0] = TaskMatrix.Outer(_patches, _productGradient);
        weightGradients[1] = _scaleGradient;
        weightGradients[2] = shiftGradient;
        Tensor inputGradient = Patches.Scatter(TaskMatrix.Multiply(_productGradient, weight.transpose(-1, -2)), _inputShape);
        Keep(scope, _preactivationGradient, _projected, _combinedScale, _productGradient);
        Keep(scope, weightGradients);
        return scope.MoveToOuter(inputGradient);
    }

    /// <inheritdoc/>
    public override Tensor TangentForward(Tensor? inputTangent, ReadOnlySpan<Tensor> direction)
    {
        using var scope = NewDisposeScope();
        _patchesTangent = Patches.Gather(inputTangent!);
        Tensor product = TaskMatrix.MultiplyAdd(_patchesTangent, weight, _patches, direction[0]);
        Tensor alignment = _normalised.mul(product).mean([1], keepdim: true);
        product.sub_(product.mean([1], keepdim: true));
        _normalisedTangent = product.addcmul_(_normalised, alignment, -1).mul_(_inverseDeviation);
        _relativeDeviationTangent = alignment.mul_(_inverseDeviation).neg_();
        Tensor tangent = direction[2].addcmul(_normalised, direction[1], 1).addcmul_(_normalisedTangent, scale, 1).mul_(_mask);
        Keep(scope, _patchesTangent, _normalisedTangent, _relativeDeviationTangent);
        return scope.MoveToOuter(tangent.view(_outputShape));
    }

    /// <inheritdoc/>
    public override Tensor TangentBackward(
        Tensor outputGradientTangent, ReadOnlySpan<Tensor> direction, Span<Tensor> products, bool sumOverTasks)
    {
        using var scope = NewDisposeScope();
        double share = -1.0 / _normalised.shape[1];
        Tensor preactivation = outputGradientTangent.reshape(_mask.shape).mul(_mask);
        Tensor shiftTangent = preactivation.sum(1, keepdim: true);
        Tensor scaleTangent = preactivation.mul(_normalised).addcmul_(_preactivationGradient, _normalisedTangent, 1).sum(1, keepdim: true);
        Tensor combinedScaleTangent = direction[1].mul(_inverseDeviation).addcmul_(_combinedScale, _relativeDeviationTangent, 1);
        Tensor productTangent = preactivation.add_(shiftTangent, share)
            .addcmul_(_normalisedTangent, _scaleGradient, share)
            .addcmul_(_normalised, scaleTangent, share)
            .mul_(_combinedScale)
            .addcmul_(_projected, combinedScaleTangent, 1);
        products[0] = TaskMatrix.OuterTangent(_patches, _patchesTangent, _productGradient, productTangent, sumOverTasks);
        products[1] = TaskMatrix.Reduce(scaleTangent, sumOverTasks);
        products[2] = TaskMatrix.Reduce(shiftTangent, sumOverTasks);
        Tensor patchesTangent = TaskMatrix.MultiplyAdd(
            productTangent, weight.transpose(-1, -2), _productGradient, direction[0].transpose(1, 2));
        Tensor inputTangent = Patches.Scatter(patchesTangent, _inputShape);
        Keep(scope, products);
        return scope.MoveToOuter(inputTangent);
    }
}
