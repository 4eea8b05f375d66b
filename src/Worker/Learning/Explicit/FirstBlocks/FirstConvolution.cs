using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.FirstBlocks;

/// <summary>
/// What the first block does to large tensors, in the order of its four steps. Filters are ten rows, [T, 10, C]: nine for the pixels of
/// a patch, from which the set's mean patch is taken away, and what is added.
/// </summary>
internal abstract class FirstConvolution
{
    /// <summary>The activations, [T, N, H, W, C], after ReLU and pooling.</summary>
    public abstract Tensor Activate(Tensor filters);

    /// <summary>The gradient of the filters, [T, 10, C].</summary>
    public abstract Tensor FilterGradient(Tensor outputGradient);

    /// <summary>How the activations change along a direction in the space of filters.</summary>
    public abstract Tensor ActivateTangent(Tensor filtersTangent);
}
