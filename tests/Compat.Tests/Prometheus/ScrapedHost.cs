using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Maml.Cluster.Compat.Tests.Prometheus;

/// <summary>A meter of a test's own, served to scrapers.</summary>
internal sealed class ScrapedHost : IAsyncDisposable
{
    public const string OpenMetrics = "application/openmetrics-text;version=1.0.0";

    private readonly MeterProvider _provider;
    private readonly WebApplication _application;
    private readonly HttpClient _client;

    private ScrapedHost(Meter meter, MeterProvider provider, WebApplication application)
    {
        Meter = meter;
        _provider = provider;
        _application = application;
        _client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
    }

    public Meter Meter { get; }

    public static async Task<ScrapedHost> StartAsync(Action<PrometheusAspNetCoreOptions>? configure = null)
    {
        var meter = new Meter($"test.{Guid.NewGuid():N}", "1.2");
        MeterProvider provider = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("tested", autoGenerateServiceInstanceId: false))
            .AddMeter(meter.Name)
            .AddPrometheusExporter(options =>
            {
                options.ScopeInfoEnabled = false;
                options.TargetInfoEnabled = false;
                options.ScrapeResponseCacheDurationMilliseconds = 0;
                configure?.Invoke(options);
            })
            .Build();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        WebApplication application = builder.Build();
        application.UseRouting();
        application.MapPrometheusScrapingEndpoint("/metrics", provider, configureBranchedPipeline: null, optionsName: null);
        await application.StartAsync();
        return new ScrapedHost(meter, provider, application);
    }

    /// <summary>Scrapes.</summary>
    public async Task<HttpResponseMessage> GetAsync(string? accept = null, HttpMethod? method = null, string? encoding = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, "/metrics");
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        if (encoding is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        HttpResponseMessage response = await _client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return response;
    }

    /// <summary>Scrapes the text.</summary>
    public async Task<string> ReadAsync(string? accept = null)
    {
        using HttpResponseMessage response = await GetAsync(accept);
        return await response.Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _application.DisposeAsync();
        _provider.Dispose();
        Meter.Dispose();
    }
}
