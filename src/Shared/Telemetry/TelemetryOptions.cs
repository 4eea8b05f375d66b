namespace Maml.Cluster.Shared.Telemetry;

/// <summary>Where a host sends what it measures. Where it is scraped is said by <see cref="Monitoring.MonitoringOptions"/>.</summary>
public sealed record TelemetryOptions
{
    /// <summary>
    /// Collector that metrics and traces are sent to by OTLP, such as <c>http://collector:4317</c>. None by default; the standard variables
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>_PROTOCOL</c>, <c>_HEADERS</c> and so on hold as well, and this wins over the first.
    /// </summary>
    public Uri? OtlpEndpoint { get; init; }
}
