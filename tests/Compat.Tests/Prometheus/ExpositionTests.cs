using System.Diagnostics.Metrics;

namespace Maml.Cluster.Compat.Tests.Prometheus;

/// <summary>What is written, held for the stand-in and the package alike.</summary>
public sealed class ExpositionTests
{
    [Fact]
    public async Task Counter_TextFormat_EndsWithTotalInItsFamilyToo()
    {
        await using ScrapedHost host = await ScrapedHost.StartAsync();
        host.Meter.CreateCounter<double>("maml.time", "s", "Time.").Add(3.25);
        (await host.ReadAsync()).ShouldContain("# TYPE maml_time_seconds_total counter\n# HELP maml_time_seconds_total Time.\nmaml_time_seconds_total{} 3.25\n");
    }

    [Fact]
    public async Task Counter_OpenMetrics_HasAUnitAndAFamilyWithoutTotal()
    {
        await using ScrapedHost host = await ScrapedHost.StartAsync();
        host.Meter.CreateCounter<long>("maml.sent", "By", "Sent.").Add(7);
        (await host.ReadAsync(ScrapedHost.OpenMetrics)).ShouldContain(
            "# TYPE maml_sent_bytes counter\n# UNIT maml_sent_bytes bytes\n# HELP maml_sent_bytes Sent.\nmaml_sent_bytes_total{} 7\n");
    }

    [Theory]
    [InlineData(null, "1", "10")]
    [InlineData(ScrapedHost.OpenMetrics, "1.0", "10.0")]
    public async Task Histogram_SeveralSeries_HasCumulativeBucketsSumAndCount(string? accept, string one, string ten)
    {
        await using ScrapedHost host = await ScrapedHost.StartAsync();
        Histogram<double> histogram = host.Meter.CreateHistogram(
            "maml.wait", "s", "Waits.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 10] });
        KeyValuePair<string, object?> queue = new("phase", "queue");
        foreach (double value in new[] { 0.5, 0.75, 30 }) histogram.Record(value, queue);
        histogram.Record(0.25, new KeyValuePair<string, object?>("phase", "compute"));
        string text = await host.ReadAsync(accept);
        text.ShouldContain(
            $"maml_wait_seconds_bucket{{phase=\"queue\",le=\"0.5\"}} 1\nmaml_wait_seconds_bucket{{phase=\"queue\",le=\"{one}\"}} 2\n"
            + $"maml_wait_seconds_bucket{{phase=\"queue\",le=\"{ten}\"}} 2\nmaml_wait_seconds_bucket{{phase=\"queue\",le=\"+Inf\"}} 3\n"
            + "maml_wait_seconds_sum{phase=\"queue\"} 31.25\nmaml_wait_seconds_count{phase=\"queue\"} 3\n");
        text.ShouldContain("maml_wait_seconds_count{phase=\"compute\"} 1\n");
    }

    [Fact]
    public async Task Gauge_NumbersOfEveryKind_AreWrittenAsScrapersReadThem()
    {
        await using ScrapedHost host = await ScrapedHost.StartAsync();
        double[] values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.1 + 0.2, 1e-300];
        host.Meter.CreateObservableGauge(
            "maml.value", () => values.Select((value, index) => new Measurement<double>(value, new KeyValuePair<string, object?>("i", index))), "ratio", "Values.");
        string text = await host.ReadAsync();
        string[] expected = ["NaN", "+Inf", "-Inf", "0.30000000000000004", "1E-300"];
        for (int i = 0; i < expected.Length; i++) text.ShouldContain($"maml_value_ratio{{i=\"{i}\"}} {expected[i]}\n");
    }

    [Fact]
    public async Task Labels_WithWhatEndsThem_AreEscapedAndCleaned()
    {
        await using ScrapedHost host = await ScrapedHost.StartAsync();
        host.Meter.CreateUpDownCounter<long>("maml.workers").Add(
            2, new("quote", "a\"b"), new("back", "a\\b"), new("line", "a\nb"), new("dotted.key", true), new("1st", null), new("état", "é"));
        string text = await host.ReadAsync();
        text.ShouldContain("quote=\"a\\\"b\"");
        text.ShouldContain("back=\"a\\\\b\"");
        text.ShouldContain("line=\"a\\nb\"");
        text.ShouldContain("dotted_key=\"true\"");
        text.ShouldContain("_1st=\"\"");
        text.ShouldContain("_tat=\"é\"");
    }

    [Fact]
    public async Task Labels_KeysThatBecomeOne_KeepAllValues()
    {
        await using ScrapedHost host = await ScrapedHost.StartAsync();
        host.Meter.CreateCounter<long>("maml.any").Add(1, new("a.b", "p"), new("a_b", "q"));
        (await host.ReadAsync()).ShouldContain("maml_any_total{a_b=\"p;q\"} 1\n");
    }

    [Theory]
    [InlineData(null, "Says \"a\\\\b\"\\nand more.")]
    [InlineData(ScrapedHost.OpenMetrics, "Says \\\"a\\\\b\\\"\\nand more.")]
    public async Task Help_WithLinesAndQuotes_IsEscapedAsTheFormatWants(string? accept, string expected)
    {
        await using ScrapedHost host = await ScrapedHost.StartAsync();
        host.Meter.CreateCounter<long>("maml.any", "{thing}", "Says \"a\\b\"\nand more.").Add(1);
        (await host.ReadAsync(accept)).ShouldContain($" {expected}\n");
    }

    [Fact]
    public async Task Observable_SeriesThatIsNoLongerObserved_IsGone()
    {
        await using ScrapedHost host = await ScrapedHost.StartAsync();
        string run = "first";
        host.Meter.CreateObservableGauge("maml.loss", () => new Measurement<double>(1, new KeyValuePair<string, object?>("run", run)));
        (await host.ReadAsync()).ShouldContain("run=\"first\"");
        run = "second";
        string text = await host.ReadAsync();
        text.ShouldContain("run=\"second\"");
        text.ShouldNotContain("run=\"first\"");
    }

    [Fact]
    public async Task Exemplars_WithinASpan_AreLeftOut()
    {
        await using ScrapedHost host = await ScrapedHost.StartAsync();
        Counter<long> counter = host.Meter.CreateCounter<long>("maml.any");
        using (var span = new System.Diagnostics.Activity("test").Start()) counter.Add(1);
        (await host.ReadAsync(ScrapedHost.OpenMetrics)).ShouldNotContain("trace_id");
    }

    [Fact]
    public async Task Options_ScopeAndTarget_AreShownWhereWanted()
    {
        await using ScrapedHost host = await ScrapedHost.StartAsync(options => (options.ScopeInfoEnabled, options.TargetInfoEnabled) = (true, true));
        host.Meter.CreateCounter<long>("maml.any").Add(1);
        string text = await host.ReadAsync();
        text.ShouldContain("# TYPE target_info gauge\n# HELP target_info Target metadata\ntarget_info{service_name=\"tested\"} 1\n");
        text.ShouldContain($"maml_any_total{{otel_scope_name=\"{host.Meter.Name}\",otel_scope_version=\"1.2\"}} 1\n");
    }
}
