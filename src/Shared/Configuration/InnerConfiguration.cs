namespace Maml.Cluster.Shared.Configuration;

/// <summary>The inner loop.</summary>
public sealed record InnerConfiguration
{
    /// <summary>Gradient steps on the support loss. 1 by default, as in most of the paper.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>Step size α of the mean support loss. 0.01 by default: small enough to be stable for every model.</summary>
    public double LearningRate { get; init; } = 0.01;
}
