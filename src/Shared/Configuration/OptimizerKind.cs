namespace Maml.Cluster.Shared.Configuration;

/// <summary>What turns meta-gradients into updates.</summary>
public enum OptimizerKind
{
    /// <summary>Adam (Kingma, Ba, ICLR 2015) with β₁ = 0.9, β₂ = 0.999, ε = 1e-8.</summary>
    Adam,
}
