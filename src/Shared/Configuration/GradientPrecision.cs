namespace Maml.Cluster.Shared.Configuration;

/// <summary>
/// How the sums of meta-gradients cross the wire. Each sum is rounded by itself, so θ does not depend on the number of workers with any of
/// them; it does depend on which one is chosen.
/// </summary>
public enum GradientPrecision
{
    /// <summary>As computed; nothing is rounded.</summary>
    Float32,

    /// <summary>Half the bytes: the range of float32 with 8 significant bits.</summary>
    BFloat16,

    /// <summary>
    /// Half the bytes: 11 significant bits. Each sum is scaled by a power of two so that its largest element fits, so nothing overflows;
    /// elements some 2²⁹ times smaller than the largest lose bits, and below 2³⁹ vanish.
    /// </summary>
    Float16,
}
