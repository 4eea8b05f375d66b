using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter.Writing;

/// <summary>Metrics that share a name: instruments of several meters may.</summary>
/// <param name="Name">As its samples have it, but for suffixes of their own.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Unit">In words; null for none.</param>
/// <param name="Help">What it tells; empty for nothing.</param>
internal sealed record MetricFamily(string Name, FamilyKind Kind, string? Unit, string Help)
{
    /// <summary>The metrics.</summary>
    public List<Metric> Metrics { get; } = [];
}
