namespace Maml.Cluster.Shared.Configuration.Validation;

/// <summary>The whole numbers that a setting may have.</summary>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
internal readonly record struct IntegerRange(long Minimum, long Maximum)
{
    /// <summary>Whether a number is one of them.</summary>
    public bool Contains(Int128 value) => value >= Minimum && value <= Maximum;

    /// <inheritdoc/>
    public override string ToString() => $"a whole number from {Minimum} to {Maximum}";
}
