using System.Diagnostics.Metrics;
using Maml.Cluster.Coordinator.Rounds;
using Maml.Cluster.Shared.Telemetry;

namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>What is counted about leases and workers. No tag holds a name: their number stays bounded.</summary>
internal sealed class DispatchMetrics
{
    private readonly Meter _meter;
    private readonly EnumCounter<LeaseKind> _granted;
    private readonly EnumCounter<LeaseOutcome> _ended;
    private readonly EnumCounter<LeaseOutcome> _tasks;
    private readonly EventCounter _wins;
    private readonly EventCounter _retries;
    private readonly EventCounter _strikes;
    private readonly EventCounter _quarantines;

    /// <summary>Creates the instruments.</summary>
    public DispatchMetrics(CoordinatorMeter coordinator)
    {
        _meter = coordinator.Meter;
        _granted = new(_meter, "maml.coordinator.leases.granted", "{lease}", "Chunks handed to workers, by why.", "kind");
        _ended = new(_meter, "maml.coordinator.leases.ended", "{lease}", "Leases of chunks that have ended, by how.", "outcome");
        _tasks = new(_meter, "maml.coordinator.tasks", "{task}", "Tasks of leases that have ended, by how the lease did.", "outcome");
        _wins = new(_meter, "maml.coordinator.speculation.wins", "{lease}", "Speculative leases that were answered first.");
        _retries = new(_meter, "maml.coordinator.chunks.retried", "{chunk}", "Chunks handed out again after a failure or a loss.");
        _strikes = new(_meter, "maml.coordinator.workers.strikes", "{strike}", "Misbehaviours of workers.");
        _quarantines = new(_meter, "maml.coordinator.workers.quarantines", "{quarantine}", "Quarantines that have begun.");
    }

    /// <summary>Observes how many workers are in which state, on which kind of device.</summary>
    public void ObserveWorkers(Func<IReadOnlyCollection<(WorkerStatus Status, string Device)>> list) => _meter.CreateObservableUpDownCounter(
        "maml.coordinator.workers",
        () =>
        {
            IReadOnlyCollection<(WorkerStatus Status, string Device)> workers = list();
            return Enum.GetValues<WorkerStatus>().SelectMany(status => DeviceKinds.All.Select(kind => new Measurement<long>(
                workers.Count(worker => worker.Status == status && DeviceKinds.Of(worker.Device) == kind),
                new KeyValuePair<string, object?>("state", TagNames.Of(status.ToString())),
                new KeyValuePair<string, object?>("device", kind))));
        },
        "{worker}",
        "Workers that are attached, by state and kind of device.");

    /// <summary>Counts a lease that begins.</summary>
    public void Granted(LeaseKind kind)
    {
        _granted.Add(kind);
        if (kind == LeaseKind.Retry) _retries.Add();
    }

    /// <summary>Counts a lease that has ended.</summary>
    /// <param name="outcome">How.</param>
    /// <param name="tasks">Tasks of its chunk.</param>
    public void Ended(LeaseOutcome outcome, int tasks)
    {
        _ended.Add(outcome);
        _tasks.Add(outcome, tasks);
    }

    /// <summary>Counts a speculative lease that was answered first.</summary>
    public void SpeculationWon() => _wins.Add();

    /// <summary>Counts a strike.</summary>
    public void Strike() => _strikes.Add();

    /// <summary>Counts a quarantine.</summary>
    public void Quarantined() => _quarantines.Add();
}
