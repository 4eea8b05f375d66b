using Maml.Cluster.Worker.Learning.Explicit.Activations;
using Maml.Cluster.Worker.Learning.Explicit.Convolutions;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Layers;

/// <summary>
/// A block after the first: a convolution, then batch normalisation with the statistics of the set at hand, ReLU and pooling.
/// Tensors are channels-last, [T, N, H, W, C]. Its weights are filters, scale and shift.
/// </summary>
internal sealed class BlockPass(ConvolutionPass convolution, ActivationPass activation) : LayerPass
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor? input) => activation.Forward(convolution.Forward(input!));

    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient, Span<Tensor> weightGradients)
    {
        Tensor convolvedGradient = activation.Backward(outputGradient, weightGradients[1..]);
        return convolution.Backward(convolvedGradient, out weightGradients[0]);
    }

    /// <inheritdoc/>
    public override Tensor TangentForward(Tensor? inputTangent, ReadOnlySpan<Tensor> direction) =>
        activation.TangentForward(convolution.TangentForward(inputTangent!, direction[0]), direction[1..]);

    /// <inheritdoc/>
    public override Tensor TangentBackward(
        Tensor outputGradientTangent, ReadOnlySpan<Tensor> direction, Span<Tensor> products, bool sumOverTasks)
    {
        Tensor tangent = activation.TangentBackward(outputGradientTangent, direction[1..], products[1..], sumOverTasks);
        return convolution.TangentBackward(tangent, direction[0], sumOverTasks, out products[0]);
    }
}
