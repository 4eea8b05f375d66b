using System.Diagnostics.Metrics;
using Maml.Cluster.Shared.Telemetry;

namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>What is measured of runs' files.</summary>
internal sealed class StorageMetrics
{
    // As those who write say it, but for the last, which stands for what is not listed here.
    private static readonly string[] Kinds = ["checkpoint", "list of checkpoints", "table", "record", "summary", "other"];

    private readonly long[] _failures = new long[Kinds.Length];
    private readonly Histogram<double> _checkpoints;

    /// <summary>Creates the instruments.</summary>
    public StorageMetrics(CoordinatorMeter coordinator)
    {
        KeyValuePair<string, object?>[] tags = [.. Kinds.Select(kind => new KeyValuePair<string, object?>("kind", kind.Replace(' ', '_')))];
        coordinator.Meter.CreateObservableCounter(
            "maml.coordinator.storage.failures",
            () => tags.Select((kind, index) => new Measurement<long>(Interlocked.Read(ref _failures[index]), kind)),
            "{attempt}",
            "Attempts to write a file of a run that failed, by kind of file.");
        _checkpoints = coordinator.Meter.CreateHistogram(
            "maml.coordinator.checkpoint.duration", "s", "Time to write a checkpoint and flush it to the disk.", advice: Durations.Buckets);
    }

    /// <summary>Counts a failed attempt.</summary>
    /// <param name="kind">The kind of file, one of a handful.</param>
    public void Failed(string kind)
    {
        int index = Array.IndexOf(Kinds, kind);
        Interlocked.Increment(ref _failures[index < 0 ? Kinds.Length - 1 : index]);
    }

    /// <summary>Measures a checkpoint that is on the disk.</summary>
    public void CheckpointWritten(TimeSpan duration) => _checkpoints.Record(duration.TotalSeconds);
}
