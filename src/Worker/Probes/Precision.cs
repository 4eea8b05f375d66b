namespace Maml.Cluster.Worker.Probes;

/// <summary>Floating-point numbers to compute with, by PyTorch's names.</summary>
public enum Precision
{
    /// <summary>What training uses.</summary>
    Float32,

    /// <summary>
    /// For comparisons: in float32 an activation within rounding of a ReLU's or a max-pool's kink may fall on its other side,
    /// which changes the gradient by more than rounding does.
    /// </summary>
    Float64,
}
