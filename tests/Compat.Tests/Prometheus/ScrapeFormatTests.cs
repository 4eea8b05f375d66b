namespace Maml.Cluster.Compat.Tests.Prometheus;

public sealed class ScrapeFormatTests
{
    private const string Text = "text/plain; version=0.0.4; charset=utf-8";
    private const string OpenMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores";

    [Theory]
    [InlineData(null, Text)]
    [InlineData("*/*", Text)]
    [InlineData("text/plain", Text)]
    [InlineData("text/plain;version=0.0.4;q=0.5", Text)]
    [InlineData("text/plain;version=1.0.0", "text/plain; version=1.0.0; charset=utf-8; escaping=underscores")]
    [InlineData("application/openmetrics-text", OpenMetrics)]
    [InlineData("application/openmetrics-text;version=0.0.1", "application/openmetrics-text; version=0.0.1; charset=utf-8")]
    [InlineData("application/openmetrics-text;q=0", Text)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.2,text/plain;q=0.9", Text)]
    [InlineData("application/json", Text)]
    [InlineData("nonsense", Text)]

    // What Prometheus 2 and 3 send.
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", OpenMetrics)]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3", OpenMetrics)]
    public async Task Get_Accept_IsAnsweredInTheFormatThatIsLikedBest(string? accept, string contentType)
    {
        await using ScrapedHost host = await ScrapedHost.StartAsync();
        host.Meter.CreateCounter<long>("any").Add(1);
        using HttpResponseMessage response = await host.GetAsync(accept);
        response.Content.Headers.ContentType!.ToString().ShouldBe(contentType);
        string text = await response.Content.ReadAsStringAsync();
        text.EndsWith("# EOF\n", StringComparison.Ordinal).ShouldBe(contentType.Contains("openmetrics", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_GzipAccepted_IsCompressed()
    {
        await using ScrapedHost host = await ScrapedHost.StartAsync();
        host.Meter.CreateCounter<long>("any").Add(1);
        using HttpResponseMessage response = await host.GetAsync(encoding: "gzip");
        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        await using var unpacked = new System.IO.Compression.GZipStream(await response.Content.ReadAsStreamAsync(), System.IO.Compression.CompressionMode.Decompress);
        (await new StreamReader(unpacked).ReadToEndAsync()).ShouldContain("any_total{} 1\n");
    }

    [Fact]
    public async Task Head_AnyTime_HasNoBody()
    {
        await using ScrapedHost host = await ScrapedHost.StartAsync();
        host.Meter.CreateCounter<long>("any").Add(1);
        using HttpResponseMessage response = await host.GetAsync(method: HttpMethod.Head);
        (await response.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_WithinTheCacheDuration_IsTheSameAnswer()
    {
        await using ScrapedHost host = await ScrapedHost.StartAsync(options => options.ScrapeResponseCacheDurationMilliseconds = 3_600_000);
        var counter = host.Meter.CreateCounter<long>("any");
        counter.Add(1);
        string first = await host.ReadAsync();
        counter.Add(1);
        (await host.ReadAsync()).ShouldBe(first);
        first.ShouldContain("any_total{} 1\n");
        (await host.ReadAsync(ScrapedHost.OpenMetrics)).ShouldContain("any_total{} 2\n", Case.Sensitive, "the other format is an answer of its own");
    }
}
