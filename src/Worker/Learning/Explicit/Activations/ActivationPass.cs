using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Activations;

/// <summary>
/// Batch normalisation with the statistics of the set at hand, ReLU and, where the network has it, max-pooling, of what a convolution
/// gives; methods and ownership as in <see cref="Layers.LayerPass"/>. Weights, gradients and directions are scale, then shift.
/// </summary>
internal abstract class ActivationPass
{
    /// <summary>Added to the variance before its square root is taken; PyTorch's default.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>[T, N, H, W, C] → [T, N, H′, W′, C]; the convolution's output is kept, and may be overwritten.</summary>
    public abstract Tensor Forward(Tensor convolved);

    /// <summary>Fills in the gradients of scale and shift, [T, 1, C], and gives that of the convolution's output.</summary>
    public abstract Tensor Backward(Tensor outputGradient, Span<Tensor> weightGradients);

    /// <summary>The derivative of <see cref="Forward"/> along a direction; its argument may be overwritten.</summary>
    public abstract Tensor TangentForward(Tensor convolvedTangent, ReadOnlySpan<Tensor> direction);

    /// <summary>The derivative of <see cref="Backward"/> along the direction of <see cref="TangentForward"/>.</summary>
    public abstract Tensor TangentBackward(
        Tensor outputGradientTangent, ReadOnlySpan<Tensor> direction, Span<Tensor> products, bool sumOverTasks);
}
