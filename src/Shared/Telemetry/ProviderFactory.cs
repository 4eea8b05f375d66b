using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Maml.Cluster.Shared.Telemetry;

/// <summary>Sets up OpenTelemetry's SDK.</summary>
internal static class ProviderFactory
{
    // Prometheus scrapes every few seconds at most; two scrapers at once need not read everything twice.
    private const int CacheMilliseconds = 300;

    /// <summary>Collects the host's own instruments and those of .NET: process, garbage collector, threads.</summary>
    public static MeterProvider CreateMeters(OtlpSettings otlp, TelemetrySource source, bool areScraped)
    {
        MeterProviderBuilder builder = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(otlp.Settings))
            .SetResourceBuilder(Describe(source))
            .AddMeter(source.Name, RuntimeInstruments.Meter)
            .AddView(instrument => source.IsForeign(instrument) ? MetricStreamConfiguration.Drop : RuntimeInstruments.View(instrument));
        if (areScraped)
        {
            builder.AddPrometheusExporter(prometheus =>
            {
                prometheus.ScopeInfoEnabled = false;
                prometheus.ScrapeResponseCacheDurationMilliseconds = CacheMilliseconds;
            });
        }

        if (otlp.TakesMetrics) builder.AddOtlpExporter();
        return builder.Build();
    }

    /// <summary>Collects the host's spans.</summary>
    public static TracerProvider CreateTraces(OtlpSettings otlp, TelemetrySource source) => Sdk.CreateTracerProviderBuilder()
        .ConfigureServices(services => services.AddSingleton(otlp.Settings))
        .SetResourceBuilder(Describe(source))
        .AddSource(source.Name)
        .AddOtlpExporter()
        .Build();

    // The standard variables come last, so that they win.
    private static ResourceBuilder Describe(TelemetrySource source) => ResourceBuilder.CreateEmpty()
        .AddService(
            source.Service, serviceVersion: typeof(ProviderFactory).Assembly.GetName().Version?.ToString(3), serviceInstanceId: source.Instance,
            autoGenerateServiceInstanceId: false)
        .AddEnvironmentVariableDetector();
}
