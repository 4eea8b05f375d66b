namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>The workers that are attached, and how all that were here have behaved.</summary>
internal sealed class WorkerRoster
{
    private readonly Dictionary<string, WorkerState> _byId = [];
    private readonly Dictionary<string, WorkerState> _byName = [];
    private readonly List<WorkerState> _all = [];
    private readonly ConductBook _away = new();

    /// <summary>The workers, in the order of joining.</summary>
    public IReadOnlyList<WorkerState> All => _all;

    /// <summary>Adds a worker.</summary>
    public void Add(RoundEvent.WorkerJoined joined, TimeSpan now)
    {
        var worker = new WorkerState(joined.Worker, joined.Slots, _away.Take(joined.Name ?? joined.Worker), now, joined.TakesGroups);
        _byId.Add(worker.Id, worker);
        _byName.Add(worker.Name, worker);
        _all.Add(worker);
    }

    /// <summary>A worker that is attached, or null.</summary>
    public WorkerState? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Removes a worker; its conduct is remembered.</summary>
    public void Remove(WorkerState worker)
    {
        _byId.Remove(worker.Id);
        _byName.Remove(worker.Name);
        _all.Remove(worker);
        _away.Keep(worker.Conduct);
    }

    /// <summary>Changes what is known about a worker's conduct, whether it is attached or not.</summary>
    /// <returns>The worker; null when it is not attached.</returns>
    public WorkerState? Judge(string name, Action<WorkerConduct> judgement)
    {
        if (_byName.TryGetValue(name, out WorkerState? worker))
        {
            judgement(worker.Conduct);
            return worker;
        }

        WorkerConduct conduct = _away.Take(name);
        judgement(conduct);
        _away.Keep(conduct);
        return null;
    }

    /// <summary>Whether a worker can be handed a chunk now.</summary>
    public bool HasFree()
    {
        foreach (WorkerState worker in _all)
            if (worker.IsFree) return true;
        return false;
    }

    /// <summary>Whether a worker stays, in quarantine or not, that has not come to grief with a chunk.</summary>
    public bool HasUntried(ChunkState chunk)
    {
        foreach (WorkerState worker in _all)
            if (!worker.IsDraining && worker.Slots > 0 && !chunk.IsSuspect(worker.Name)) return true;
        return false;
    }

    /// <summary>Does not count a time in which the coordinator stood still.</summary>
    public void Shift(TimeSpan by)
    {
        foreach (WorkerState worker in _all) worker.LastSeen += by;
    }

    /// <summary>Ends quarantines whose time is up.</summary>
    /// <returns>When the next one ends; null when there is none.</returns>
    public TimeSpan? EndQuarantines(TimeSpan now, List<RoundCommand> commands)
    {
        TimeSpan? next = null;
        foreach (WorkerState worker in _all)
        {
            WorkerConduct conduct = worker.Conduct;
            if (!conduct.IsQuarantined) continue;
            if (conduct.Until > now)
            {
                next = next < conduct.Until ? next : conduct.Until;
                continue;
            }

            conduct.BeginTrial();
            commands.Add(new RoundCommand.Trial(worker.Name, IsEarly: false));
        }

        return next;
    }
}
