namespace Maml.Cluster.Shared.Models;

/// <summary>A distribution of initial values.</summary>
public enum InitializerKind
{
    /// <summary>All zeros.</summary>
    Zeros,

    /// <summary>All ones.</summary>
    Ones,

    /// <summary>Normal with mean 0, truncated at two standard deviations.</summary>
    TruncatedNormal,

    /// <summary>Uniform in an interval around 0.</summary>
    Uniform,
}
