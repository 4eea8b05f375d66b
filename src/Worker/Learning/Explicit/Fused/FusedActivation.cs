using System.Numerics;
using Maml.Cluster.Worker.Learning.Explicit.Activations;
using Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;
using Maml.Cluster.Worker.Learning.Explicit.Layers;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused;

/// <summary>
/// Normalisation, ReLU and pooling on the CPU, task by task, a pass over memory for what takes a handful as tensor operations. With
/// x̂ = (z − μ)/σ and y = γx̂ + β: dz = γ/σ·(dy − mean(dy) − x̂·mean(dy·x̂)) (Ioffe and Szegedy 2015, section 3), and the tangents are
/// the derivatives of both.
/// </summary>
/// <param name="scale">γ, [1, C] or [T, 1, C], C a multiple of a vector's length.</param>
/// <param name="shift">β, as γ.</param>
/// <param name="window">Height and width of what is pooled: 1, nothing, or 2.</param>
internal sealed unsafe class FusedActivation<T>(Tensor scale, Tensor shift, int window) : ActivationPass
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private WindowGrid _grid;
    private int _tasks;
    private Tensor _images = null!;
    private Tensor _choices = null!;
    private Tensor _statistics = null!;
    private Tensor _outputGradient = null!;
    private Tensor _scaleGradient = null!;
    private Tensor _shiftGradient = null!;
    private Tensor _imagesTangent = null!;
    private Tensor _statisticsTangent = null!;

    private T Share => T.One / T.CreateTruncating(_grid.Pixels);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor convolved)
    {
        long[] shape = convolved.shape;
        _images = convolved;
        _tasks = (int)shape[0];
        _grid = new WindowGrid((int)shape[1], (int)shape[2], (int)shape[3], (int)shape[4], window);
        _choices = convolved.new_empty([shape[0], shape[1], _grid.Down, _grid.Across, shape[4]]);
        _statistics = convolved.new_empty([shape[0], 3, shape[4]]);
        Tensor output = convolved.new_empty(_choices.shape);
        TaskRows<T> images = new(_images), choices = new(_choices), statistics = new(_statistics), outputs = new(output);
        TaskRows<T> scales = Weights(scale), shifts = Weights(shift);
        for (int task = 0; task < _tasks; task++)
        {
            var at = new NormalisationPoint<T>(statistics[task], _grid.Channels);
            SetStatistics<T>.Compute(images[task], _grid, T.CreateTruncating(Epsilon), at.Mean, at.InverseDeviation);
            for (int c = 0; c < _grid.Channels; c++) at.CombinedScale[c] = at.InverseDeviation[c] * scales[task][c];
            ActivationKernels<T>.Forward(images[task], _grid, at.Mean, at.CombinedScale, shifts[task], outputs[task], choices[task]);
        }

        return output;
    }

    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient, Span<Tensor> weightGradients)
    {
        _outputGradient = outputGradient.contiguous();
        _scaleGradient = weightGradients[0] = _images.new_empty([_tasks, 1, _grid.Channels]);
        _shiftGradient = weightGradients[1] = _images.new_empty([_tasks, 1, _grid.Channels]);
        Tensor imagesGradient = _images.new_empty(_images.shape);
        TaskRows<T> images = new(_images), choices = new(_choices), statistics = new(_statistics), outputs = new(imagesGradient);
        TaskRows<T> gradients = new(_outputGradient), scales = new(_scaleGradient), shifts = new(_shiftGradient);
        T* p = stackalloc T[2 * _grid.Channels], r = p + _grid.Channels;
        for (int task = 0; task < _tasks; task++)
        {
            var at = new NormalisationPoint<T>(statistics[task], _grid.Channels);
            WindowSums<T>.Gradient(
                images[task], gradients[task], choices[task], _grid, at.Mean, at.InverseDeviation, shifts[task], scales[task]);
            for (int c = 0; c < _grid.Channels; c++)
            {
                T a = at.CombinedScale[c] * Share;
                (p[c], r[c]) = (-a * scales[task][c] * at.InverseDeviation[c], -a * shifts[task][c]);
            }

            SpreadKernels<T>.Backward(
                images[task], gradients[task], choices[task], _grid, at.Mean, at.CombinedScale, p, r, outputs[task]);
        }

        return imagesGradient;
    }

    /// <inheritdoc/>
    public override Tensor TangentForward(Tensor convolvedTangent, ReadOnlySpan<Tensor> direction)
    {
        _imagesTangent = convolvedTangent;
        _statisticsTangent = _images.new_empty([_tasks, 2, _grid.Channels]);
        Tensor output = _images.new_empty(_choices.shape);
        TaskRows<T> images = new(_images), tangents = new(_imagesTangent), choices = new(_choices), outputs = new(output);
        TaskRows<T> statistics = new(_statistics), changes = new(_statisticsTangent), scales = new(direction[0]), shifts = new(direction[1]);
        T* p = stackalloc T[_grid.Channels];
        for (int task = 0; task < _tasks; task++)
        {
            var at = new NormalisationPoint<T>(statistics[task], _grid.Channels);
            T* mean = changes[task], alignment = mean + _grid.Channels;
            SetStatistics<T>.Differentiate(images[task], tangents[task], _grid, at.Mean, at.InverseDeviation, mean, alignment);
            for (int c = 0; c < _grid.Channels; c++)
                p[c] = (scales[task][c] - (at.CombinedScale[c] * alignment[c])) * at.InverseDeviation[c];
            ActivationKernels<T>.TangentForward(
                images[task], tangents[task], choices[task], _grid, at.Mean, mean, p, at.CombinedScale, shifts[task], outputs[task]);
        }

        return output;
    }

    /// <inheritdoc/>
    public override Tensor TangentBackward(
        Tensor outputGradientTangent, ReadOnlySpan<Tensor> direction, Span<Tensor> products, bool sumOverTasks)
    {
        using Tensor gradientTangent = outputGradientTangent.contiguous();
        Tensor scaleProduct = _images.new_empty([_tasks, 1, _grid.Channels]), shiftProduct = _images.new_empty([_tasks, 1, _grid.Channels]);
        TaskRows<T> images = new(_images), tangents = new(_imagesTangent), choices = new(_choices), statistics = new(_statistics);
        TaskRows<T> gradients = new(_outputGradient), gradientTangents = new(gradientTangent), changes = new(_statisticsTangent);
        TaskRows<T> scaleProducts = new(scaleProduct), shiftProducts = new(shiftProduct), scales = new(direction[0]);
        TaskRows<T> scaleGradients = new(_scaleGradient), shiftGradients = new(_shiftGradient);
        int channels = _grid.Channels;
        T* b = stackalloc T[4 * channels], p = b + channels, q = p + channels, r = q + channels;
        for (int task = 0; task < _tasks; task++)
        {
            var at = new NormalisationPoint<T>(statistics[task], channels);
            T* mean = changes[task], alignment = mean + channels;
            WindowSums<T>.GradientTangent(
                images[task], tangents[task], gradients[task], gradientTangents[task], choices[task], _grid,
                at.Mean, at.InverseDeviation, mean, alignment, shiftProducts[task], scaleProducts[task]);
            for (int c = 0; c < channels; c++)
            {
                T a = at.CombinedScale[c], inverse = at.InverseDeviation[c];
                b[c] = (scales[task][c] - (a * alignment[c])) * inverse;
                T ofNormalised = -Share * ((b[c] * scaleGradients[task][c]) + (a * scaleProducts[task][c]));
                T ofItsTangent = -Share * a * scaleGradients[task][c];
                p[c] = (ofNormalised - (ofItsTangent * inverse * alignment[c])) * inverse;
                q[c] = ofItsTangent * inverse;
                r[c] = -Share * ((b[c] * shiftGradients[task][c]) + (a * shiftProducts[task][c]));
            }

            SpreadKernels<T>.TangentBackward(
                images[task], tangents[task], gradients[task], gradientTangents[task], choices[task], _grid,
                at.Mean, mean, at.CombinedScale, b, p, q, r);
        }

        products[0] = TaskMatrix.Reduce(scaleProduct, sumOverTasks);
        products[1] = TaskMatrix.Reduce(shiftProduct, sumOverTasks);
        return _imagesTangent;
    }

    private static TaskRows<T> Weights(Tensor weights) => new(weights, isShared: weights.dim() == 2);
}
