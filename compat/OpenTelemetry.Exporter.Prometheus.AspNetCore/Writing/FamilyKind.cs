namespace OpenTelemetry.Exporter.Writing;

/// <summary>What a family is, in Prometheus' words.</summary>
internal enum FamilyKind
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts in buckets.</summary>
    Histogram,
}
