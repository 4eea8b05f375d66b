using Maml.Cluster.Worker.Learning.Explicit.Activations;
using Maml.Cluster.Worker.Learning.Explicit.Layers;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.FirstBlocks;

/// <summary>
/// The first block. Its input, the images, does not change over the inner steps, so the batch statistics of its outputs
/// follow from those of the patches: the variance of a filter's output is wᵀ·Σ·w with Σ the covariance of the patches.
/// Convolution and normalisation then become one product with ten columns, and the large tensors are touched once.
/// </summary>
/// <param name="images">The set's images.</param>
/// <param name="weight">Filters, [9, C] or [T, 9, C].</param>
/// <param name="scale">Scale of the normalisation, [1, C] or [T, 1, C].</param>
/// <param name="shift">Shift of the normalisation, [1, C] or [T, 1, C].</param>
internal sealed class FirstBlockPass(ImageSet images, Tensor weight, Tensor scale, Tensor shift) : LayerPass
{
    private readonly FirstConvolution _convolution = images.Convolve();
    private Tensor _covarianceWeight = null!;
    private Tensor _inverseDeviation = null!;
    private Tensor _combinedScale = null!;
    private Tensor _filterGradient = null!;
    private Tensor _combinedScaleGradient = null!;
    private Tensor _inverseDeviationGradient = null!;
    private Tensor _varianceGradient = null!;
    private Tensor _inverseDeviationTangent = null!;
    private Tensor _combinedScaleTangent = null!;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor? input)
    {
        using Tensor filters = Filters();
        return _convolution.Activate(filters);
    }

    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient, Span<Tensor> weightGradients)
    {
        using var scope = NewDisposeScope();
        Tensor rows = _convolution.FilterGradient(outputGradient);
        _filterGradient = rows.narrow(1, 0, 9);
        _combinedScaleGradient = _filterGradient.mul(weight).sum(1, keepdim: true);
        _inverseDeviationGradient = _combinedScaleGradient.mul(scale);
        _varianceGradient = _inverseDeviation.pow(3).mul_(_inverseDeviationGradient).mul_(-0.5);
        weightGradients[0] = _filterGradient.mul(_combinedScale).addcmul_(_varianceGradient, _covarianceWeight, 2);
        weightGradients[1] = _combinedScaleGradient.mul(_inverseDeviation);
        weightGradients[2] = rows.narrow(1, 9, 1).clone();
        Keep(scope, _filterGradient, _combinedScaleGradient, _inverseDeviationGradient, _varianceGradient);
        Keep(scope, weightGradients);
        return outputGradient;
    }

    /// <inheritdoc/>
    public override Tensor TangentForward(Tensor? inputTangent, ReadOnlySpan<Tensor> direction)
    {
        using var scope = NewDisposeScope();
        Tensor varianceTangent = direction[0].mul(_covarianceWeight).sum(1, keepdim: true).mul_(2);
        _inverseDeviationTangent = _inverseDeviation.pow(3).mul_(varianceTangent).mul_(-0.5);
        _combinedScaleTangent = direction[1].mul(_inverseDeviation).addcmul_(_inverseDeviationTangent, scale, 1);
        Tensor filtersTangent = direction[0].mul(_combinedScale).addcmul_(_combinedScaleTangent, weight, 1);
        Tensor tangent = _convolution.ActivateTangent(cat([filtersTangent, direction[2]], 1));
        Keep(scope, _inverseDeviationTangent, _combinedScaleTangent);
        return scope.MoveToOuter(tangent);
    }

    /// <inheritdoc/>
    public override Tensor TangentBackward(
        Tensor outputGradientTangent, ReadOnlySpan<Tensor> direction, Span<Tensor> products, bool sumOverTasks)
    {
        using var scope = NewDisposeScope();
        Tensor rows = _convolution.FilterGradient(outputGradientTangent);
        Tensor filterTangent = rows.narrow(1, 0, 9);
        Tensor combinedScaleTangent = filterTangent.mul(weight).addcmul_(_filterGradient, direction[0], 1).sum(1, keepdim: true);
        Tensor deviationTangent = combinedScaleTangent.mul(scale).addcmul_(_combinedScaleGradient, direction[1], 1);
        Tensor varianceTangent = _inverseDeviation.square().mul_(_inverseDeviationTangent).mul_(_inverseDeviationGradient).mul_(3)
            .addcmul_(_inverseDeviation.pow(3), deviationTangent, 1).mul_(-0.5);
        Tensor weightProduct = filterTangent.mul(_combinedScale)
            .addcmul_(_filterGradient, _combinedScaleTangent, 1)
            .addcmul_(varianceTangent, _covarianceWeight, 2)
            .addcmul_(_varianceGradient, images.Covariance.bmm(direction[0]), 2);
        products[0] = TaskMatrix.Reduce(weightProduct, sumOverTasks);
        products[1] = TaskMatrix.Reduce(
            combinedScaleTangent.mul(_inverseDeviation).addcmul_(_combinedScaleGradient, _inverseDeviationTangent, 1), sumOverTasks);
        products[2] = TaskMatrix.Reduce(rows.narrow(1, 9, 1).clone(), sumOverTasks);
        Keep(scope, products);
        return outputGradientTangent;
    }

    private Tensor Filters()
    {
        using var scope = NewDisposeScope();
        _covarianceWeight = TaskMatrix.Multiply(images.Covariance, weight);
        Tensor variance = _covarianceWeight.mul(weight).sum(-2, keepdim: true);
        _inverseDeviation = variance.add_(ActivationPass.Epsilon).rsqrt_();
        _combinedScale = _inverseDeviation.mul(scale);
        Tensor filters = weight.mul(_combinedScale);
        filters = cat([filters, shift.expand(filters.shape[0], 1, shift.shape[^1])], 1);
        Keep(scope, _covarianceWeight, _inverseDeviation, _combinedScale, filters);
        return filters;
    }
}
