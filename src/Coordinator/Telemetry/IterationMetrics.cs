using System.Diagnostics.Metrics;
using Maml.Cluster.Coordinator.Runs.Training;
using Maml.Cluster.Shared.Telemetry;

namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>What is measured of iterations and evaluations, of all runs together.</summary>
internal sealed class IterationMetrics
{
    private static readonly string[] Phases = ["sample", "send", "queue", "tensors", "compute", "gather", "idle", "reduce", "update", "publish"];

    private readonly Lock _gate = new();
    private readonly double[] _seconds = new double[Phases.Length];
    private readonly Histogram<double> _round;
    private readonly Histogram<double> _wait;
    private readonly Histogram<double> _evaluation;

    /// <summary>Creates the instruments.</summary>
    public IterationMetrics(CoordinatorMeter coordinator)
    {
        Meter meter = coordinator.Meter;
        _round = meter.CreateHistogram(
            "maml.coordinator.round.duration", "s", "Time of training rounds, from the first lease to the last result.", advice: Durations.Buckets);
        _wait = meter.CreateHistogram(
            "maml.coordinator.straggler.wait", "s", "Time of a training round that workers spend waiting for its last result, mean over workers.",
            advice: Durations.Buckets);
        _evaluation = meter.CreateHistogram(
            "maml.coordinator.evaluation.duration", "s", "Time of evaluations of runs under way.", advice: Durations.Buckets);
        KeyValuePair<string, object?>[] tags = [.. Phases.Select(phase => new KeyValuePair<string, object?>("phase", phase))];
        meter.CreateObservableCounter(
            "maml.coordinator.iteration.time", () => Read().Select((seconds, phase) => new Measurement<double>(seconds, tags[phase])), "s",
            "Time of iterations, by phase; of the phases at the workers, mean over workers.");
    }

    /// <summary>Measures an iteration.</summary>
    public void Add(in IterationTimings iteration)
    {
        _round.Record(iteration.Round);
        _wait.Record(iteration.Idle);
        ReadOnlySpan<double> seconds =
        [
            iteration.Sample, iteration.Send, iteration.Queue, iteration.Tensors, iteration.Compute, iteration.Gather, iteration.Idle, iteration.Reduce,
            iteration.Update, iteration.Publish,
        ];
        lock (_gate)
            for (int phase = 0; phase < seconds.Length; phase++) _seconds[phase] += Math.Max(0, seconds[phase]);
    }

    /// <summary>Measures an evaluation.</summary>
    public void Evaluated(TimeSpan duration) => _evaluation.Record(duration.TotalSeconds);

    private double[] Read()
    {
        lock (_gate) return [.. _seconds];
    }
}
