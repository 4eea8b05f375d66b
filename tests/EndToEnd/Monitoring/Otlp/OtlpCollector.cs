using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Maml.Cluster.EndToEnd.Monitoring.Otlp;

/// <summary>Takes in metrics and traces by OTLP over HTTP.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _application;

    private OtlpCollector(WebApplication application) => _application = application;

    public string Address => _application.Urls.Single();

    public ConcurrentBag<ReceivedSpan> Spans { get; } = [];

    /// <summary>Names of the metrics that have arrived, each after its service.</summary>
    public ConcurrentDictionary<string, string> Metrics { get; } = [];

    public static async Task<OtlpCollector> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        WebApplication application = builder.Build();
        var collector = new OtlpCollector(application);
        application.UseRouting();
        application.MapPost("/v1/traces", (RequestDelegate)(context => TakeAsync(context, TracesRequest.Parser, collector.Add)));
        application.MapPost("/v1/metrics", (RequestDelegate)(context => TakeAsync(context, MetricsRequest.Parser, collector.Add)));
        await application.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task TakeAsync<TRequest>(HttpContext context, MessageParser<TRequest> parser, Action<TRequest> add)
        where TRequest : IMessage<TRequest>
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        add(parser.ParseFrom(body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }

    private static string ServiceOf(Resource resource) => resource.Attributes.Single(attribute => attribute.Key == "service.name").Value.StringValue;

    private void Add(TracesRequest request)
    {
        foreach (ResourceSpans spans in request.ResourceSpans)
            foreach (Span span in spans.ScopeSpans.SelectMany(scope => scope.Spans)) Spans.Add(new ReceivedSpan(ServiceOf(spans.Resource), span));
    }

    private void Add(MetricsRequest request)
    {
        foreach (ResourceMetrics metrics in request.ResourceMetrics)
            foreach (Metric metric in metrics.ScopeMetrics.SelectMany(scope => scope.Metrics)) Metrics[$"{ServiceOf(metrics.Resource)} {metric.Name}"] = metric.Unit;
    }
}
