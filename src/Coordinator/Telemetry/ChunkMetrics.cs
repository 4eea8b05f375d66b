using System.Diagnostics.Metrics;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Shared.Telemetry;

namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>What is measured of chunks and of the messages that carry them.</summary>
internal sealed class ChunkMetrics
{
    private static readonly KeyValuePair<string, object?> Queue = new("phase", "queue");
    private static readonly KeyValuePair<string, object?> Transfer = new("phase", "transfer");
    private static readonly KeyValuePair<string, object?> Tensors = new("phase", "tensors");
    private static readonly KeyValuePair<string, object?> Compute = new("phase", "compute");

    private readonly Histogram<double> _duration;
    private readonly EventCounter _broadcast;
    private readonly EventCounter _gathered;
    private readonly EventCounter _notFinite;
    private readonly TimeProvider _time;

    /// <summary>Creates the instruments.</summary>
    public ChunkMetrics(CoordinatorMeter coordinator, TimeProvider time)
    {
        Meter meter = coordinator.Meter;
        _time = time;
        _duration = meter.CreateHistogram(
            "maml.coordinator.chunk.duration", "s",
            "Time of chunks that count, by phase: queue and tensors and compute as their workers say, transfer the rest between sending and receiving.",
            advice: Durations.Buckets);
        _broadcast = new(meter, "maml.coordinator.broadcast", "By", "Messages to workers because of chunks: θ, specifications, leases.");
        _gathered = new(meter, "maml.coordinator.gathered", "By", "Messages of results from workers: curves and meta-gradients.");
        _notFinite = new(meter, "maml.coordinator.results.not_finite", "{result}", "Results refused since a loss or the meta-gradient was not a finite number.");
    }

    /// <summary>Measures a chunk whose result counts.</summary>
    public void Completed(in ChunkTrace chunk)
    {
        if (!_duration.Enabled) return;
        _duration.Record(chunk.Queued, Queue);
        _duration.Record(chunk.Tensors, Tensors);
        _duration.Record(chunk.Compute, Compute);

        // The two sides' clocks are never compared: only durations are.
        if (chunk.SentAt != 0)
            _duration.Record(Math.Max(0, _time.GetElapsedTime(chunk.SentAt).TotalSeconds - chunk.Queued - chunk.Tensors - chunk.Compute), Transfer);
    }

    /// <summary>Counts what was sent.</summary>
    public void Sent(long bytes) => _broadcast.Add(bytes);

    /// <summary>Counts what was received.</summary>
    public void Received(long bytes) => _gathered.Add(bytes);

    /// <summary>Counts a result that holds what is not a finite number.</summary>
    public void NotFinite() => _notFinite.Add();
}
