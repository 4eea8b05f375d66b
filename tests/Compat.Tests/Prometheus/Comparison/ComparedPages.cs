using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Maml.Cluster.Compat.Tests.Prometheus.Comparison;

/// <summary>What is scraped from one meter in both formats; compiled with the stand-in here, and with the package in a process of its own.</summary>
internal static partial class ComparedPages
{
    private static readonly string?[] Wishes =
    [
        null, "text/plain", "text/plain;version=1.0.0", "application/openmetrics-text", "application/openmetrics-text;version=0.0.1", "application/json",
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
        "application/openmetrics-text;version=1.0.0;q=0.2,text/plain;q=0.9",
    ];

    /// <summary>The answers to scrapers of every sort, without the times in them.</summary>
    public static async Task<string> ReadAsync()
    {
        using var meter = new Meter("compared", "1.2");
        using MeterProvider provider = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("compared", autoGenerateServiceInstanceId: false))
            .AddMeter(meter.Name)
            .AddPrometheusExporter(options => options.ScrapeResponseCacheDurationMilliseconds = 0)
            .Build();
        Measure(meter);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        await using WebApplication application = builder.Build();
        application.UseRouting();
        application.MapPrometheusScrapingEndpoint("/metrics", provider, null, null);
        await application.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
        var pages = new StringBuilder();
        foreach (string? wish in Wishes)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
            if (wish is not null) request.Headers.TryAddWithoutValidation("Accept", wish);
            using HttpResponseMessage response = await client.SendAsync(request);
            pages.Append(CultureInfo.InvariantCulture, $"== {wish}: {(int)response.StatusCode} {response.Content.Headers.ContentType}\n");
            pages.Append(Created().Replace(await response.Content.ReadAsStringAsync(), "$1 TIME"));
        }

        return pages.ToString();
    }

    private static void Measure(Meter meter)
    {
        meter.CreateCounter<long>("maml.things", "{thing}", "Things with \\ and \"quotes\"\nand lines.").Add(3, new("kind", "a\"b\\c\nd"), new("other.key", true));
        meter.CreateCounter<double>("maml.time", "s", "Time.").Add(3.25);
        meter.CreateCounter<long>("maml.sent_total", "By").Add(1);
        Histogram<double> histogram = meter.CreateHistogram(
            "maml.chunk.duration", "s", "Durations.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.5, 1, 10] });
        foreach (double value in new[] { 0.3, 30, 0.0001 }) histogram.Record(value, new KeyValuePair<string, object?>("phase", "queue"));
        histogram.Record(0.3, new KeyValuePair<string, object?>("phase", "compute"));
        meter.CreateHistogram<long>("maml.sizes", "By", "Sizes.").Record(123456);
        meter.CreateHistogram<long>("maml.nothing", "By", "Never recorded.");
        meter.CreateObservableGauge("maml.accuracy", Values, "ratio", "Accuracy.");
        meter.CreateUpDownCounter<long>("maml.workers", "{worker}", "Workers.").Add(
            2, new("état.x", "é"), new("__a-b", "x"), new("1st", null), new("a.b", "p"), new("a_b", "q"));
        meter.CreateObservableGauge("maml.memory", () => 5L, "MiBy", "");
        meter.CreateGauge<long>("maml.speed", "m/s", "Speed.").Record(5);
        meter.CreateGauge<double>("maml.share", "%", "Share.").Record(5);
        meter.CreateGauge<double>("maml..odd--name", "1", "Odd.").Record(5);
    }

    private static IEnumerable<Measurement<double>> Values()
    {
        double[] values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.1 + 0.2, 1e-300, 123456789012345678, 0];
        return values.Select((value, index) => new Measurement<double>(value, new KeyValuePair<string, object?>("i", index)));
    }

    [GeneratedRegex(@"(_created\{.*\}) \S+")]
    private static partial Regex Created();
}
