using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Convolutions;

/// <summary>
/// A 3×3 convolution with padding 1 at given filters and input; methods and ownership as in
/// <see cref="Layers.LayerPass"/>. Images are channels-last, [T, N, H, W, C], in one piece.
/// </summary>
internal abstract class ConvolutionPass
{
    /// <summary>[T, N, H, W, C] → [T, N, H′, W′, C′].</summary>
    public abstract Tensor Forward(Tensor input);

    /// <summary>The gradients of the input and, [T, …], of the filters.</summary>
    public abstract Tensor Backward(Tensor outputGradient, out Tensor filterGradient);

    /// <summary>The derivative of <see cref="Forward"/> along a direction in the space of filters, [T, …].</summary>
    public abstract Tensor TangentForward(Tensor inputTangent, Tensor direction);

    /// <summary>The derivative of <see cref="Backward"/> along the direction of <see cref="TangentForward"/>.</summary>
    public abstract Tensor TangentBackward(
        Tensor outputGradientTangent, Tensor direction, bool sumOverTasks, out Tensor filterProduct);
}
