using System.Diagnostics.Metrics;

namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>What is counted about runs' files.</summary>
internal sealed class StorageMetrics(CoordinatorMeter coordinator)
{
    private readonly Counter<long> _failures = coordinator.Meter.CreateCounter<long>(
        "maml.coordinator.storage.failures", "{attempt}", "Attempts to write a file of a run that failed, by kind of file.");

    /// <summary>Counts a failed attempt.</summary>
    /// <param name="kind">The kind of file, one of a handful.</param>
    public void Failed(string kind) => _failures.Add(1, new KeyValuePair<string, object?>("maml.storage.kind", kind));
}
