using TorchSharp;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Layers;

/// <summary>
/// One layer at given weights and input. The four methods are called in the order in which they stand; each keeps what
/// the later ones need. Together the last two give a Hessian-vector product: they are the derivative of the first two
/// along a direction in the space of weights (Pearlmutter, Neural Computation 1994), at about the cost of a second
/// gradient. Tensors that are kept belong to the dispose scope around the pass.
/// </summary>
internal abstract class LayerPass
{
    /// <summary>The layer's output.</summary>
    /// <param name="input">The output of the layer before; null for the first, which has its images.</param>
    public abstract Tensor Forward(Tensor? input);

    /// <summary>Fills in the gradient of each weight, [T, …], and gives the gradient of the input.</summary>
    public abstract Tensor Backward(Tensor outputGradient, Span<Tensor> weightGradients);

    /// <summary>The derivative of <see cref="Forward"/> along a direction.</summary>
    /// <param name="inputTangent">The derivative of the input; null for a layer whose input does not depend on weights.</param>
    /// <param name="direction">The direction, one [T, …] tensor for each weight.</param>
    public abstract Tensor TangentForward(Tensor? inputTangent, ReadOnlySpan<Tensor> direction);

    /// <summary>The derivative of <see cref="Backward"/> along the direction of <see cref="TangentForward"/>.</summary>
    /// <param name="outputGradientTangent">The derivative of the output's gradient.</param>
    /// <param name="direction">The direction, as before.</param>
    /// <param name="products">Filled in with the Hessian-vector product, one tensor for each weight.</param>
    /// <param name="sumOverTasks">Whether the products are summed over tasks, […] instead of [T, …].</param>
    public abstract Tensor TangentBackward(
        Tensor outputGradientTangent, ReadOnlySpan<Tensor> direction, Span<Tensor> products, bool sumOverTasks);

    /// <summary>Hands tensors to the dispose scope around <paramref name="scope"/>.</summary>
    public static void Keep(DisposeScope scope, params ReadOnlySpan<Tensor> tensors)
    {
        foreach (Tensor tensor in tensors) scope.MoveToOuter(tensor);
    }
}
