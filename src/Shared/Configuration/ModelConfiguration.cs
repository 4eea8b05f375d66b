namespace Maml.Cluster.Shared.Configuration;

/// <summary>A model and its shape. Settings of another kind than <see cref="Kind"/> are left at their defaults.</summary>
public sealed record ModelConfiguration
{
    /// <summary>Which network.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>mlp: width of each hidden layer. Two layers of 40 units by default, as for the paper's sinusoids.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [40, 40];

    /// <summary>conv4: filters of every block. 64 by default, as in the paper.</summary>
    public int Filters { get; init; } = 64;

    /// <summary>conv4: how a block halves its image. Stride by default, as in the paper's Omniglot experiments.</summary>
    public Downsample Downsample { get; init; } = Downsample.Stride;

    /// <inheritdoc/>
    public bool Equals(ModelConfiguration? other) =>
        other is not null && Kind == other.Kind && Filters == other.Filters && Downsample == other.Downsample && Widths.SequenceEqual(other.Widths);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Filters, Downsample, Widths.Count);
}
