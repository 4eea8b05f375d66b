using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Exporter.Scraping;

namespace OpenTelemetry.Metrics;

/// <summary>Adds the exporter to a provider.</summary>
public static class PrometheusExporterMeterProviderBuilderExtensions
{
    /// <summary>Adds the exporter as it is by default.</summary>
    public static MeterProviderBuilder AddPrometheusExporter(this MeterProviderBuilder builder) => AddPrometheusExporter(builder, _ => { });

    /// <summary>Adds the exporter.</summary>
    /// <param name="builder">Of the provider.</param>
    /// <param name="configure">Sets its options.</param>
    public static MeterProviderBuilder AddPrometheusExporter(this MeterProviderBuilder builder, Action<PrometheusAspNetCoreOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder
            .ConfigureServices(services => services.Configure(configure))
            .AddReader(services => new BaseExportingMetricReader(
                PrometheusExporters.Remember(new PrometheusExporter(services.GetRequiredService<IOptionsMonitor<PrometheusAspNetCoreOptions>>().CurrentValue)))
            {
                TemporalityPreference = MetricReaderTemporalityPreference.Cumulative,
            });
    }
}
