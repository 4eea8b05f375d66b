using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace Maml.Cluster.Shared.Telemetry;

/// <summary>.NET's own instruments. Some have names that Prometheus keeps for parts of histograms.</summary>
internal static class RuntimeInstruments
{
    /// <summary>Name of their meter.</summary>
    public const string Meter = "System.Runtime";

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["dotnet.process.cpu.count"] = "dotnet.process.cpus",
        ["dotnet.thread_pool.thread.count"] = "dotnet.thread_pool.threads",
        ["dotnet.thread_pool.work_item.count"] = "dotnet.thread_pool.work_items",
        ["dotnet.timer.count"] = "dotnet.timers",
        ["dotnet.assembly.count"] = "dotnet.assemblies",
    }.ToFrozenDictionary();

    /// <summary>The name under which an instrument is shown; null for its own.</summary>
    public static MetricStreamConfiguration? Rename(Instrument instrument) =>
        instrument.Meter.Name == Meter && Names.TryGetValue(instrument.Name, out string? name) ? new MetricStreamConfiguration { Name = name } : null;
}
