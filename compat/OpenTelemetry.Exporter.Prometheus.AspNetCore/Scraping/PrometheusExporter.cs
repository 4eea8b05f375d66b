using OpenTelemetry.Exporter.Writing;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter.Scraping;

/// <summary>Collects when it is asked to, and writes what it gets as text. Scrapes at the same time wait for each other.</summary>
/// <param name="options">What is shown.</param>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter(PrometheusAspNetCoreOptions options) : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<bool, (byte[] Text, DateTimeOffset At)> _answers = [];
    private bool _isOpenMetrics;
    private byte[]? _text;

    /// <inheritdoc/>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>The metrics as they are now, or were a moment ago.</summary>
    /// <param name="isOpenMetrics">In which of the two formats.</param>
    /// <param name="cancellationToken">Takes the request back.</param>
    /// <returns>The text and when it was made; null when they could not be collected.</returns>
    public async Task<(byte[] Text, DateTimeOffset At)?> ScrapeAsync(bool isOpenMetrics, CancellationToken cancellationToken)
    {
        DateTimeOffset asked = DateTimeOffset.UtcNow;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            TimeSpan validity = TimeSpan.FromMilliseconds(options.ScrapeResponseCacheDurationMilliseconds);
            if (_answers.TryGetValue(isOpenMetrics, out (byte[] Text, DateTimeOffset At) earlier) && earlier.At + validity > asked) return earlier;

            _isOpenMetrics = isOpenMetrics;
            _text = null;
            DateTimeOffset now = DateTimeOffset.UtcNow;
            if (Collect?.Invoke(Timeout.Infinite) != true || _text is null) return null;
            return _answers[isOpenMetrics] = (_text, now);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        var families = new MetricFamilies(_isOpenMetrics);
        foreach (Metric metric in batch) families.Add(metric);
        var text = new ExpositionText(_isOpenMetrics, options.ScopeInfoEnabled);
        if (options.TargetInfoEnabled) text.AddTarget(ParentProvider.GetResource());
        foreach (MetricFamily family in families.InOrder) text.Add(family);
        _text = text.ToUtf8();
        return ExportResult.Success;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _gate.Dispose();
        base.Dispose(disposing);
    }
}
