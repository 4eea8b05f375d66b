namespace Maml.Cluster.Shared.Models;

/// <summary>How the initial value of a parameter is drawn.</summary>
/// <param name="Kind">The distribution.</param>
/// <param name="Scale">Standard deviation of the normal, bound of the uniform distribution; unused otherwise.</param>
public readonly record struct Initializer(InitializerKind Kind, double Scale = 0)
{
    /// <summary>All zeros.</summary>
    public static Initializer Zeros => new(InitializerKind.Zeros);

    /// <summary>All ones.</summary>
    public static Initializer Ones => new(InitializerKind.Ones);

    /// <summary>Normal with mean 0, truncated at two standard deviations.</summary>
    public static Initializer TruncatedNormal(double standardDeviation) => new(InitializerKind.TruncatedNormal, standardDeviation);

    /// <summary>Uniform between −<paramref name="bound"/> and <paramref name="bound"/>.</summary>
    public static Initializer Uniform(double bound) => new(InitializerKind.Uniform, bound);
}
