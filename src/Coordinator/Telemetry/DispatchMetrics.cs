using System.Diagnostics.Metrics;
using Maml.Cluster.Coordinator.Rounds;

namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>What is counted about leases and workers. No tag holds a name: their number stays bounded.</summary>
internal sealed class DispatchMetrics
{
    // A tag's values are boxed and spelt once; leases are counted a thousand times a second.
    private static readonly KeyValuePair<string, object?>[] Kinds = Tags("maml.lease.kind", Enum.GetNames<LeaseKind>());
    private static readonly KeyValuePair<string, object?>[] Outcomes = Tags("maml.lease.outcome", Enum.GetNames<LeaseOutcome>());
    private static readonly KeyValuePair<string, object?>[] States = Tags("maml.worker.state", Enum.GetNames<WorkerStatus>());

    private readonly Meter _meter;
    private readonly Counter<long> _granted;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _wins;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _strikes;
    private readonly Counter<long> _quarantines;

    /// <summary>Creates the instruments.</summary>
    public DispatchMetrics(CoordinatorMeter coordinator)
    {
        _meter = coordinator.Meter;
        _granted = _meter.CreateCounter<long>("maml.coordinator.leases.granted", "{lease}", "Chunks handed to workers.");
        _ended = _meter.CreateCounter<long>("maml.coordinator.leases.ended", "{lease}", "Leases that have ended, by how.");
        _wins = _meter.CreateCounter<long>("maml.coordinator.speculation.wins", "{lease}", "Speculative leases that were answered first.");
        _retries = _meter.CreateCounter<long>("maml.coordinator.chunks.retried", "{chunk}", "Chunks handed out again after a failure or a loss.");
        _strikes = _meter.CreateCounter<long>("maml.coordinator.workers.strikes", "{strike}", "Misbehaviours of workers.");
        _quarantines = _meter.CreateCounter<long>("maml.coordinator.workers.quarantines", "{quarantine}", "Quarantines that have begun.");
    }

    /// <summary>Observes how many workers are in which state.</summary>
    public void ObserveWorkers(Func<WorkerStatus, int> count) => _meter.CreateObservableUpDownCounter(
        "maml.coordinator.workers",
        () => Enum.GetValues<WorkerStatus>().Select(status => new Measurement<long>(count(status), States[(int)status])),
        "{worker}",
        "Workers that are attached, by state.");

    /// <summary>Counts a lease that begins.</summary>
    public void Granted(LeaseKind kind)
    {
        _granted.Add(1, Kinds[(int)kind]);
        if (kind == LeaseKind.Retry) _retries.Add(1);
    }

    /// <summary>Counts a lease that has ended.</summary>
    public void Ended(LeaseOutcome outcome) => _ended.Add(1, Outcomes[(int)outcome]);

    /// <summary>Counts a speculative lease that was answered first.</summary>
    public void SpeculationWon() => _wins.Add(1);

    /// <summary>Counts a strike.</summary>
    public void Strike() => _strikes.Add(1);

    /// <summary>Counts a quarantine.</summary>
    public void Quarantined() => _quarantines.Add(1);

    private static KeyValuePair<string, object?>[] Tags(string key, string[] names) =>
        [.. names.Select(name => new KeyValuePair<string, object?>(key, char.ToLowerInvariant(name[0]) + name[1..]))];
}
