using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter.Writing;

/// <summary>Sorts metrics into families.</summary>
/// <param name="isOpenMetrics">There a counter's family lacks the suffix that its samples have.</param>
internal sealed class MetricFamilies(bool isOpenMetrics)
{
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);

    /// <summary>The families, by name.</summary>
    public IEnumerable<MetricFamily> InOrder => _families.Values;

    /// <summary>Adds a metric. One whose name is taken by another kind is left out: a scraper refuses a page with both.</summary>
    public void Add(Metric metric)
    {
        if (KindOf(metric.MetricType) is not { } kind) return;
        string? unit = UnitNames.Of(metric.Unit);
        string name = MetricNames.Of(metric.Name, unit, kind == FamilyKind.Counter, isOpenMetrics);
        if (!_families.TryGetValue(name, out MetricFamily? family))
            _families.Add(name, family = new MetricFamily(name, kind, unit, metric.Description ?? ""));
        if (family.Kind == kind) family.Metrics.Add(metric);
    }

    private static FamilyKind? KindOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => FamilyKind.Counter,
        MetricType.LongGauge or MetricType.DoubleGauge or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => FamilyKind.Gauge,
        MetricType.Histogram => FamilyKind.Histogram,
        _ => null,
    };
}
