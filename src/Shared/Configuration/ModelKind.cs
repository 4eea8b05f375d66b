namespace Maml.Cluster.Shared.Configuration;

/// <summary>A network architecture.</summary>
public enum ModelKind
{
    /// <summary>Fully connected layers with ReLU between them.</summary>
    Mlp,

    /// <summary>One linear unit whose output is a logit.</summary>
    Logistic,

    /// <summary>Four blocks of 3×3 convolution, batch normalisation and ReLU, then a linear head.</summary>
    Conv4,
}
