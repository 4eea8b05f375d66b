using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Maml.Cluster.Shared.Telemetry;

/// <summary>Collects what a host measures, for scrapers and for a collector. Without either, nothing is collected.</summary>
public sealed class TelemetryProviders : IAsyncDisposable
{
    /// <summary>Where a scraper finds the metrics.</summary>
    public const string MetricsPath = "/metrics";

    // A collector that does not answer must not keep a host that was asked to stop.
    private const int FarewellMilliseconds = 1000;

    private readonly MeterProvider? _meters;
    private readonly TracerProvider? _traces;
    private readonly bool _areScraped;

    private TelemetryProviders(MeterProvider? meters, TracerProvider? traces, bool areScraped)
    {
        _meters = meters;
        _traces = traces;
        _areScraped = areScraped;
    }

    /// <summary>Starts to collect, and to send where that is asked for.</summary>
    /// <param name="options">Where to send.</param>
    /// <param name="source">Who measures.</param>
    /// <param name="areScraped">Whether <see cref="MapMetrics"/> is going to be called.</param>
    public static TelemetryProviders Create(TelemetryOptions options, TelemetrySource source, bool areScraped)
    {
        ArgumentNullException.ThrowIfNull(options);
        var otlp = OtlpSettings.Read(options);
        return new TelemetryProviders(
            areScraped || otlp.TakesMetrics ? ProviderFactory.CreateMeters(otlp, source, areScraped) : null,
            otlp.TakesTraces ? ProviderFactory.CreateTraces(otlp, source) : null,
            areScraped);
    }

    /// <summary>Serves the metrics to scrapers.</summary>
    public void MapMetrics(IEndpointRouteBuilder routes)
    {
        if (_areScraped) routes.MapPrometheusScrapingEndpoint(MetricsPath, _meters, configureBranchedPipeline: null, optionsName: null);
    }

    /// <summary>Sends what is left, for a second at most. To be called before the meters are disposed, or their last values are lost.</summary>
    public Task FlushAsync() => Task.WhenAll(
        Task.Run(() => _meters?.Shutdown(FarewellMilliseconds)),
        Task.Run(() => _traces?.Shutdown(FarewellMilliseconds)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await FlushAsync();
        _meters?.Dispose();
        _traces?.Dispose();
    }
}
