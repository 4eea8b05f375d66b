using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace OpenTelemetry.Exporter.Writing;

/// <summary>A page of metrics, in one of the two formats.</summary>
/// <param name="isOpenMetrics">Which.</param>
/// <param name="namesScopes">Whether every sample says which meter it comes from.</param>
internal sealed class ExpositionText(bool isOpenMetrics, bool namesScopes)
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds what is known about the program itself.</summary>
    public void AddTarget(Resource resource)
    {
        LabelSet labels = new LabelSet().Add(resource.Attributes);
        if (labels.IsEmpty) return;
        string family = isOpenMetrics ? "target" : "target_info";
        AddHeader(family, isOpenMetrics ? "info" : "gauge", unit: null, "Target metadata");
        AddSample("target_info", labels, "1");
    }

    /// <summary>Adds a family; one without samples leaves no trace.</summary>
    public void Add(MetricFamily family)
    {
        bool isAnnounced = false;
        foreach (Metric metric in family.Metrics)
        {
            foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
            {
                if (!isAnnounced) AddHeader(family.Name, family.Kind.ToString().ToLowerInvariant(), family.Unit, family.Help);
                isAnnounced = true;
                Add(family, metric, point);
            }
        }
    }

    /// <summary>The page, complete.</summary>
    public byte[] ToUtf8()
    {
        // OpenMetrics' end mark tells a whole page from one that was cut off.
        _text.Append(isOpenMetrics ? "# EOF\n" : "");
        return Encoding.UTF8.GetBytes(_text.ToString());
    }

    private void Add(MetricFamily family, Metric metric, in MetricPoint point)
    {
        var labels = new LabelSet();
        if (namesScopes)
        {
            labels.Add("otel_scope_name", metric.MeterName);
            if (!string.IsNullOrEmpty(metric.MeterVersion)) labels.Add("otel_scope_version", metric.MeterVersion);
        }

        foreach (KeyValuePair<string, object?> tag in point.Tags) labels.Add(tag.Key, tag.Value);
        switch (family.Kind)
        {
            case FamilyKind.Counter:
                AddSample(MetricNames.WithTotal(family.Name), labels, SumOf(metric, point));
                AddCreated(family, labels, point);
                break;
            case FamilyKind.Gauge:
                AddSample(family.Name, labels, GaugeOf(metric, point));
                break;
            case FamilyKind.Histogram:
                AddHistogram(family, labels, point);
                break;
        }
    }

    private void AddHistogram(MetricFamily family, LabelSet labels, in MetricPoint point)
    {
        long count = 0;
        foreach (HistogramBucket bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            AddSample($"{family.Name}_bucket", labels, Numbers.Of(count), Numbers.OfBound(bucket.ExplicitBound, isOpenMetrics));
        }

        AddSample($"{family.Name}_sum", labels, Numbers.Of(point.GetHistogramSum()));
        AddSample($"{family.Name}_count", labels, Numbers.Of(point.GetHistogramCount()));
        AddCreated(family, labels, point);
    }

    private void AddCreated(MetricFamily family, LabelSet labels, in MetricPoint point)
    {
        if (!isOpenMetrics) return;
        double seconds = (point.StartTime - DateTimeOffset.UnixEpoch).TotalSeconds;
        AddSample($"{family.Name}_created", labels, Numbers.Of(seconds));
    }

    private void AddHeader(string name, string kind, string? unit, string help)
    {
        _text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {kind}\n");
        if (isOpenMetrics && unit is not null) _text.Append(CultureInfo.InvariantCulture, $"# UNIT {name} {unit}\n");
        if (help.Length > 0) _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Escapes.OfHelp(help, isOpenMetrics)}\n");
    }

    private void AddSample(string name, LabelSet labels, string value, string? bound = null)
    {
        _text.Append(name);
        labels.Write(_text, bound);
        _text.Append(' ').Append(value).Append('\n');
    }

    private static string SumOf(Metric metric, in MetricPoint point) =>
        metric.MetricType == MetricType.LongSum ? Numbers.Of(point.GetSumLong()) : Numbers.Of(point.GetSumDouble());

    private static string GaugeOf(Metric metric, in MetricPoint point) => metric.MetricType switch
    {
        MetricType.LongGauge => Numbers.Of(point.GetGaugeLastValueLong()),
        MetricType.DoubleGauge => Numbers.Of(point.GetGaugeLastValueDouble()),
        MetricType.LongSumNonMonotonic => Numbers.Of(point.GetSumLong()),
        _ => Numbers.Of(point.GetSumDouble()),
    };
}
