using Maml.Cluster.Shared.Configuration.Settings;

namespace Maml.Cluster.Shared.Configuration.Validation;

/// <summary>The real numbers that a setting may have; never NaN nor infinity.</summary>
/// <param name="Minimum">The bound below.</param>
/// <param name="IncludesMinimum">Whether that bound itself is allowed.</param>
/// <param name="Maximum">The largest.</param>
internal readonly record struct NumberRange(double Minimum, bool IncludesMinimum, double Maximum)
{
    /// <summary>Whether a number is one of them.</summary>
    public bool Contains(double value) => (IncludesMinimum ? value >= Minimum : value > Minimum) && value <= Maximum;

    /// <inheritdoc/>
    public override string ToString() => IncludesMinimum
        ? $"a number from {NumberText.Write(Minimum)} to {NumberText.Write(Maximum)}"
        : $"a number above {NumberText.Write(Minimum)} and at most {NumberText.Write(Maximum)}";
}
