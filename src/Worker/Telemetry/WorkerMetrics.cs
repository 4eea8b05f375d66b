using System.Diagnostics.Metrics;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Telemetry;
using Maml.Cluster.Worker.Devices;

namespace Maml.Cluster.Worker.Telemetry;

/// <summary>What a worker measures.</summary>
internal sealed class WorkerMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "Maml.Cluster.Worker";

    private static readonly string[] Ends = [.. Enum.GetNames<ChunkEnd>().Select(end => end.ToLowerInvariant())];
    private static readonly KeyValuePair<string, object?> Queue = new("phase", "queue");
    private static readonly KeyValuePair<string, object?> Tensors = new("phase", "tensors");
    private static readonly KeyValuePair<string, object?> Compute = new("phase", "compute");
    private static readonly KeyValuePair<string, object?> Encoding = new("phase", "encoding");

    private readonly Meter _meter;
    private readonly long[] _chunks = new long[Ends.Length];
    private readonly Histogram<double> _duration;
    private long _tasks;

    /// <summary>Creates the instruments.</summary>
    /// <param name="isAttached">Whether the worker is attached to a coordinator.</param>
    public WorkerMetrics(Func<bool> isAttached)
    {
        _meter = new Meter(new MeterOptions(Name) { Scope = this });
        _duration = _meter.CreateHistogram("maml.worker.chunk.duration", "s", "Time of computed chunks, by phase.", advice: Durations.Buckets);
        _meter.CreateObservableCounter("maml.worker.chunks", CountChunks, "{chunk}", "Chunks that have come to an end here, by how.");
        _meter.CreateObservableCounter("maml.worker.tasks", () => Interlocked.Read(ref _tasks), "{task}", "Tasks of computed chunks.");
        _meter.CreateObservableGauge("maml.worker.attached", () => isAttached() ? 1 : 0, unit: null, "1 while attached to a coordinator.");
    }

    /// <summary>Observes the memory of the device.</summary>
    public void Observe(DeviceDescription device)
    {
        var tag = new KeyValuePair<string, object?>("device", device.Name);
        _meter.CreateObservableGauge(
            "maml.worker.device.memory.used", () => Measure(DeviceMemory.Read(device)?.Used, tag), "By",
            "Memory of the device in use: of a GPU by all programs, of the CPU by this one.");
        _meter.CreateObservableGauge(
            "maml.worker.device.memory.limit", () => Measure(DeviceMemory.Read(device)?.Limit, tag), "By", "Memory of the device.");
    }

    /// <summary>Measures a chunk that is computed.</summary>
    public void Completed(int tasks, ChunkTimings timings)
    {
        Ended(ChunkEnd.Completed);
        Interlocked.Add(ref _tasks, tasks);
        if (!_duration.Enabled) return;
        _duration.Record(timings.QueuedSeconds, Queue);
        _duration.Record(timings.SamplingSeconds, Tensors);
        _duration.Record(timings.ComputeSeconds, Compute);
        _duration.Record(timings.EncodingSeconds, Encoding);
    }

    /// <summary>Counts a chunk that has come to an end.</summary>
    public void Ended(ChunkEnd end) => Interlocked.Increment(ref _chunks[(int)end]);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Measure(long? value, KeyValuePair<string, object?> tag) => value is { } known ? [new(known, tag)] : [];

    private IEnumerable<Measurement<long>> CountChunks() => Ends.Select(
        (end, index) => new Measurement<long>(Interlocked.Read(ref _chunks[index]), new KeyValuePair<string, object?>("outcome", end)));
}
