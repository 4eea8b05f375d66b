using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter.Scraping;
using OpenTelemetry.Metrics;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Serves the exporter's metrics.</summary>
public static class PrometheusExporterEndpointRouteBuilderExtensions
{
    private const string DefaultPath = "/metrics";

    /// <summary>Serves the metrics of the host's own provider at <c>/metrics</c>.</summary>
    public static IEndpointConventionBuilder MapPrometheusScrapingEndpoint(this IEndpointRouteBuilder endpoints) =>
        MapPrometheusScrapingEndpoint(endpoints, DefaultPath);

    /// <summary>Serves the metrics of the host's own provider.</summary>
    public static IEndpointConventionBuilder MapPrometheusScrapingEndpoint(this IEndpointRouteBuilder endpoints, string path) =>
        MapPrometheusScrapingEndpoint(endpoints, path, meterProvider: null, configureBranchedPipeline: null, optionsName: null);

    /// <summary>Serves the metrics of a provider.</summary>
    /// <param name="endpoints">Where.</param>
    /// <param name="path">The path; <c>/metrics</c> where it is null.</param>
    /// <param name="meterProvider">The provider; the host's own where it is null.</param>
    /// <param name="configureBranchedPipeline">Adds middleware before the answer.</param>
    /// <param name="optionsName">Must be null: the stand-in has one set of options.</param>
    /// <exception cref="ArgumentException">The provider has no such exporter.</exception>
    public static IEndpointConventionBuilder MapPrometheusScrapingEndpoint(
        this IEndpointRouteBuilder endpoints, string? path, MeterProvider? meterProvider, Action<IApplicationBuilder>? configureBranchedPipeline,
        string? optionsName)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (optionsName is not null) throw new ArgumentException($"There is one set of options here, without a name; found '{optionsName}'.", nameof(optionsName));
        meterProvider ??= endpoints.ServiceProvider.GetRequiredService<MeterProvider>();
        var endpoint = new ScrapeEndpoint(PrometheusExporters.Of(meterProvider)
            ?? throw new ArgumentException("The provider has no Prometheus exporter; add one with AddPrometheusExporter.", nameof(meterProvider)));
        IApplicationBuilder pipeline = endpoints.CreateApplicationBuilder();
        configureBranchedPipeline?.Invoke(pipeline);
        pipeline.Run(endpoint.AnswerAsync);
        string route = path ?? DefaultPath;
        return endpoints.Map(route.StartsWith('/') ? route : $"/{route}", pipeline.Build()).WithDisplayName("Prometheus scrape endpoint");
    }
}
