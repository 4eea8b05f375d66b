using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace Maml.Cluster.Shared.Telemetry;

/// <summary>.NET's own instruments. Some have names that Prometheus keeps for parts of histograms, and some are of the wrong kind.</summary>
internal static class RuntimeInstruments
{
    /// <summary>Name of their meter.</summary>
    public const string Meter = "System.Runtime";

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["dotnet.process.cpu.count"] = "dotnet.process.cpus",
        ["dotnet.thread_pool.work_item.count"] = "dotnet.thread_pool.work_items",
        ["dotnet.timer.count"] = "dotnet.timers",
        ["dotnet.assembly.count"] = "dotnet.assemblies",
    }.ToFrozenDictionary();

    // Counters that go down again, which a scraper takes for restarts.
    private static readonly FrozenSet<string> Dropped = new[] { "dotnet.thread_pool.thread.count", "dotnet.thread_pool.queue.length" }.ToFrozenSet();

    /// <summary>How an instrument is shown; null for as it is.</summary>
    public static MetricStreamConfiguration? View(Instrument instrument)
    {
        if (instrument.Meter.Name != Meter) return null;
        if (Dropped.Contains(instrument.Name)) return MetricStreamConfiguration.Drop;
        return Names.TryGetValue(instrument.Name, out string? name) ? new MetricStreamConfiguration { Name = name } : null;
    }
}
