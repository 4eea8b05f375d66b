using Microsoft.Extensions.Configuration;

namespace Maml.Cluster.Shared.Telemetry;

/// <summary>What the standard variables and the options say about OTLP together.</summary>
/// <param name="Settings">The variables, with the option in its place.</param>
internal sealed record OtlpSettings(IConfiguration Settings)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string MetricsEndpoint = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    private const string TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

    /// <summary>Whether metrics have somewhere to go.</summary>
    public bool TakesMetrics => IsSet(Endpoint) || IsSet(MetricsEndpoint);

    /// <summary>Whether traces have somewhere to go.</summary>
    public bool TakesTraces => IsSet(Endpoint) || IsSet(TracesEndpoint);

    /// <summary>Reads them.</summary>
    public static OtlpSettings Read(TelemetryOptions options)
    {
        IConfigurationBuilder settings = new ConfigurationBuilder().AddEnvironmentVariables();

        // As a variable, and not as the exporters' option of that name, so that the signals' paths are added to it.
        if (options.OtlpEndpoint is { } endpoint) settings.AddInMemoryCollection([new(Endpoint, endpoint.ToString())]);
        return new OtlpSettings(settings.Build());
    }

    private bool IsSet(string name) => !string.IsNullOrWhiteSpace(Settings[name]);
}
