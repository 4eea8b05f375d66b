using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter.Scraping;

/// <summary>Finds the exporter of a provider, which the SDK knows and does not tell.</summary>
internal static class PrometheusExporters
{
    private static readonly Lock Gate = new();
    private static readonly List<WeakReference<PrometheusExporter>> Known = [];

    /// <summary>Notes an exporter, for as long as somebody else holds it.</summary>
    public static PrometheusExporter Remember(PrometheusExporter exporter)
    {
        lock (Gate)
        {
            Known.RemoveAll(known => !known.TryGetTarget(out _));
            Known.Add(new WeakReference<PrometheusExporter>(exporter));
        }

        return exporter;
    }

    /// <summary>A provider's exporter; null where it has none.</summary>
    public static PrometheusExporter? Of(MeterProvider provider)
    {
        lock (Gate)
        {
            foreach (WeakReference<PrometheusExporter> known in Known)
                if (known.TryGetTarget(out PrometheusExporter? exporter) && exporter.ParentProvider == provider) return exporter;
        }

        return null;
    }
}
