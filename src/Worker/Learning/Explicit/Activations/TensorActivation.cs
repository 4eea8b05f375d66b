using Maml.Cluster.Worker.Learning.Explicit.Layers;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Activations;

/// <summary>
/// Normalisation, pooling and ReLU as tensor operations: for any device and any number of channels. The largest of a window is as well
/// found before ReLU as after it, and everything from there on is as small as what is pooled.
/// </summary>
/// <param name="scale">Scale of the normalisation, [1, C] or [T, 1, C].</param>
/// <param name="shift">Shift of the normalisation, [1, C] or [T, 1, C].</param>
/// <param name="window">Height and width of what is pooled: 1, nothing, or 2.</param>
internal sealed class TensorActivation(Tensor scale, Tensor shift, int window) : ActivationPass
{
    private long[] _shape = [];
    private TensorPooling _pooling = null!;
    private Tensor _normalised = null!;
    private Tensor _chosen = null!;
    private Tensor _inverseDeviation = null!;
    private Tensor _mask = null!;
    private Tensor _preactivationGradient = null!;
    private Tensor _projected = null!;
    private Tensor _scaleGradient = null!;
    private Tensor _combinedScale = null!;
    private Tensor _normalisedTangent = null!;
    private Tensor _chosenTangent = null!;
    private Tensor _relativeDeviationTangent = null!;

    private double Share => -1.0 / _normalised.shape[1];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor convolved)
    {
        using var scope = NewDisposeScope();
        _shape = convolved.shape;
        _pooling = new TensorPooling(_shape[..^1], window);
        Tensor product = Rows(convolved);
        product.sub_(product.mean([1], keepdim: true));
        _inverseDeviation = product.square().mean([1], keepdim: true).add_(Epsilon).rsqrt_();
        _normalised = product.mul_(_inverseDeviation);
        Tensor output = _pooling.Largest(shift.addcmul(_normalised, scale, 1)).relu_();
        _mask = output.sign();
        _chosen = _pooling.Pick(_normalised);
        _pooling.Keep(scope);
        LayerPass.Keep(scope, _inverseDeviation, _normalised, _chosen, _mask);
        return scope.MoveToOuter(Pooled(output));
    }

    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient, Span<Tensor> weightGradients)
    {
        using var scope = NewDisposeScope();
        _preactivationGradient = Rows(outputGradient).mul(_mask);
        Tensor shiftGradient = _preactivationGradient.sum(1, keepdim: true);
        _scaleGradient = _preactivationGradient.mul(_chosen).sum(1, keepdim: true);
        _projected = _pooling.Spread(_preactivationGradient).add(shiftGradient, Share).addcmul_(_normalised, _scaleGradient, Share);
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
        _chosenTangent = _pooling.Pick(_normalisedTangent);
        Tensor tangent = direction[1].addcmul(_chosen, direction[0], 1).addcmul_(_chosenTangent, scale, 1).mul_(_mask);
        LayerPass.Keep(scope, _normalisedTangent, _chosenTangent, _relativeDeviationTangent);
        return scope.MoveToOuter(Pooled(tangent));
    }

    /// <inheritdoc/>
    public override Tensor TangentBackward(
        Tensor outputGradientTangent, ReadOnlySpan<Tensor> direction, Span<Tensor> products, bool sumOverTasks)
    {
        using var scope = NewDisposeScope();
        Tensor preactivation = Rows(outputGradientTangent).mul(_mask);
        Tensor shiftTangent = preactivation.sum(1, keepdim: true);
        Tensor scaleTangent = preactivation.mul(_chosen).addcmul_(_preactivationGradient, _chosenTangent, 1).sum(1, keepdim: true);
        Tensor combinedScaleTangent = direction[0].mul(_inverseDeviation).addcmul_(_combinedScale, _relativeDeviationTangent, 1);
        Tensor convolvedTangent = _pooling.Spread(preactivation).add_(shiftTangent, Share)
            .addcmul_(_normalisedTangent, _scaleGradient, Share)
            .addcmul_(_normalised, scaleTangent, Share)
            .mul_(_combinedScale)
            .addcmul_(_projected, combinedScaleTangent, 1);
        products[0] = TaskMatrix.Reduce(scaleTangent, sumOverTasks);
        products[1] = TaskMatrix.Reduce(shiftTangent, sumOverTasks);
        LayerPass.Keep(scope, products);
        return scope.MoveToOuter(convolvedTangent.view(_shape));
    }

    private Tensor Pooled(Tensor rows) => rows.view([.. _pooling.PooledShape, -1]);

    private static Tensor Rows(Tensor images) => images.reshape(images.shape[0], -1, images.shape[^1]);
}
