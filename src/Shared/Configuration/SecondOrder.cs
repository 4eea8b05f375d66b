namespace Maml.Cluster.Shared.Configuration;

/// <summary>What is kept of the inner steps for the second-order meta-gradient. Both give the same meta-gradient, up to rounding.</summary>
public enum SecondOrder
{
    /// <summary>Everything: the fastest, and memory that grows with the number of inner steps.</summary>
    Unrolled,

    /// <summary>Only φ₀…φ_S: each step is computed again on the way back, with one Hessian-vector product.</summary>
    Recomputed,
}
