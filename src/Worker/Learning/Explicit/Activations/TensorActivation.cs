using Maml.Cluster.Worker.Learning.Explicit.Layers;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Activations;

/// <summary>Normalisation and ReLU, without pooling, as tensor operations: for any device and any number of channels.</summary>
/// <param name="scale">Scale of the normalisation, [1, C] or [T, 1, C].</param>
/// <param name="shift">Shift of the normalisation, [1, C] or [T, 1, C].</param>
internal sealed class TensorActivation(Tensor scale, Tensor shift) : ActivationPass
{
    private long[] _shape = [];
    private Tensor _normalised = null!;
    private Tensor _inverseDeviation = null!;
    private Tensor _mask = null!;
    private Tensor _preactivationGradient = null!;
    private Tensor _projected = null!;
    private Tensor _scaleGradient = null!;
    private Tensor _combinedScale = null!;
    private Tensor _normalisedTangent = null!;
    private Tensor _relativeDeviationTangent = null!;

    private double Share => -1.0 / _normalised.shape[1];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor convolved)
    {
        using var scope = NewDisposeScope();
        _shape = convolved.shape;
        Tensor product = Rows(convolved);
        product.sub_(product.mean([1], keepdim: true));
        _inverseDeviation = product.square().mean([1], keepdim: true).add_(Epsilon).rsqrt_();
        _normalised = product.mul_(_inverseDeviation);
        Tensor output = shift.addcmul(_normalised, scale, 1).relu_();
        _mask = output.sign();
        LayerPass.Keep(scope, _inverseDeviation, _normalised, _mask);
        return scope.MoveToOuter(output.view(_shape));
    }

    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient, Span<Tensor> weightGradients)
    {
        using var scope = NewDisposeScope();
        _preactivationGradient = Rows(outputGradient).mul(_mask);
        Tensor shiftGradient = _preactivationGradient.sum(1, keepdim: true);
        _scaleGradient = _preactivationGradient.mul(_normalised).sum(1, keepdim: true);
        _projected = _preactivationGradient.add(shiftGradient, Share).addcmul_(_normalised, _scaleGradient, Share);
        _combinedScale = _inverseDeviation.mul(scale);
        Tensor convolvedGradient = _projected.mul(_combinedScale);
        (weightGradients[0], weightGradients[1]) = (_scaleGradient, shiftGradient);
        LayerPass.Keep(scope, _preactivationGradient, _projected, _combinedScale, _scaleGradient, shiftGradient);
        return scope.MoveToOuter(convolvedGradient.view(_shape));
    }

    /// <inheritdoc/>
    public override Tensor TangentForward(Tensor convolvedTangent, ReadOnlySpan<Tensor> direction)
    {
        using var scope = NewDisposeScope();
        Tensor product = Rows(convolvedTangent);
        Tensor alignment = _normalised.mul(product).mean([1], keepdim: true);
        product.sub_(product.mean([1], keepdim: true));
        _normalisedTangent = product.addcmul_(_normalised, alignment, -1).mul_(_inverseDeviation);
        _relativeDeviationTangent = alignment.mul_(_inverseDeviation).neg_();
        Tensor tangent = direction[1].addcmul(_normalised, direction[0], 1).addcmul_(_normalisedTangent, scale, 1).mul_(_mask);
        LayerPass.Keep(scope, _normalisedTangent, _relativeDeviationTangent);
        return scope.MoveToOuter(tangent.view(_shape));
    }

    /// <inheritdoc/>
    public override Tensor TangentBackward(
        Tensor outputGradientTangent, ReadOnlySpan<Tensor> direction, Span<Tensor> products, bool sumOverTasks)
    {
        using var scope = NewDisposeScope();
        Tensor preactivation = Rows(outputGradientTangent).mul(_mask);
        Tensor shiftTangent = preactivation.sum(1, keepdim: true);
        Tensor scaleTangent = preactivation.mul(_normalised).addcmul_(_preactivationGradient, _normalisedTangent, 1).sum(1, keepdim: true);
        Tensor combinedScaleTangent = direction[0].mul(_inverseDeviation).addcmul_(_combinedScale, _relativeDeviationTangent, 1);
        Tensor convolvedTangent = preactivation.add_(shiftTangent, Share)
            .addcmul_(_normalisedTangent, _scaleGradient, Share)
            .addcmul_(_normalised, scaleTangent, Share)
            .mul_(_combinedScale)
            .addcmul_(_projected, combinedScaleTangent, 1);
        products[0] = TaskMatrix.Reduce(scaleTangent, sumOverTasks);
        products[1] = TaskMatrix.Reduce(shiftTangent, sumOverTasks);
        LayerPass.Keep(scope, products);
        return scope.MoveToOuter(convolvedTangent.view(_shape));
    }

    private static Tensor Rows(Tensor images) => images.reshape(images.shape[0], -1, images.shape[^1]);
}
