namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>
/// Decides which worker computes which chunk. A pure state machine: events in, commands out, time as an argument. Every chunk of a
/// round is accepted exactly once, whatever workers do. Not safe for use by several threads.
/// </summary>
internal sealed class RoundScheduler
{
    private readonly RoundSchedulerOptions _options;
    private readonly WorkerRoster _workers = new();
    private readonly RoundTable _rounds;
    private readonly LeaseTable _leases;
    private readonly AnswerJudge _answers;
    private readonly OverdueSweep _overdue;
    private readonly ChunkAssigner _assigner;
    private TimeSpan _now;

    /// <summary>Starts without rounds and workers.</summary>
    /// <param name="options">Limits.</param>
    public RoundScheduler(RoundSchedulerOptions options)
    {
        _options = options;
        _leases = new LeaseTable(options.LeaseDuration);
        _rounds = new RoundTable(_leases);
        var discipline = new Discipline(_workers, _leases, options.Quarantine);
        _answers = new AnswerJudge(_workers, _rounds, _leases, discipline, options.Retries);
        _overdue = new OverdueSweep(_workers, _leases, discipline, options.SilenceLimit);
        _assigner = new ChunkAssigner(_workers, _rounds, _leases, options);
    }

    /// <summary>When a tick will have an effect that no event announces; null when none will. Ends of leases and silence are left to regular ticks.</summary>
    public TimeSpan? NextWake { get; private set; }

    /// <summary>The workers that are attached.</summary>
    public IReadOnlyList<WorkerState> Workers => _workers.All;

    /// <summary>Takes an event in.</summary>
    /// <param name="happened">The event. Late answers, and news of workers that are not there, change nothing.</param>
    /// <param name="now">Time on any clock that never goes back.</param>
    /// <returns>What is to be done, in order.</returns>
    public IReadOnlyList<RoundCommand> Handle(RoundEvent happened, TimeSpan now)
    {
        Advance(now);
        if (happened is RoundEvent.WorkerSeen seen)
        {
            if (_workers.Find(seen.Worker) is { } worker && worker.LastSeen < seen.At) worker.LastSeen = seen.At;
            return [];
        }

        var commands = new List<RoundCommand>();
        switch (happened)
        {
            case RoundEvent.RoundStarted started: Start(started); break;
            case RoundEvent.RoundAbandoned abandoned: _rounds.End(abandoned.Round, commands); break;
            case RoundEvent.WorkerJoined joined: Join(joined); break;
            case RoundEvent.WorkerResized resized: Resize(resized, commands); break;
            case RoundEvent.WorkerDraining draining: Drain(draining.Worker); break;
            case RoundEvent.WorkerLeft left: Leave(left.Worker); break;
            case RoundEvent.ChunkCompleted completed: _answers.Complete(completed, _now, commands); break;
            case RoundEvent.ChunkFailed failed: _answers.Fail(failed, _now, commands); break;
            case RoundEvent.StrayAnswer stray: _answers.NoteStray(stray.Worker, stray.Lease, _now, commands); break;
            case RoundEvent.Tick: _overdue.Sweep(_now, commands); break;
            default: throw new ArgumentException($"There is no such event as {happened.GetType().Name}.", nameof(happened));
        }

        NextWake = _assigner.Assign(_now, commands);
        return commands;
    }

    private void Advance(TimeSpan now)
    {
        TimeSpan gap = now - _now;
        _now = now;
        if (gap <= _options.SuspensionThreshold) return;

        // Nobody listened meanwhile, so that nobody can be blamed for silence.
        _leases.Shift(gap);
        _workers.Shift(gap);
    }

    private void Start(RoundEvent.RoundStarted started)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(started.Chunks, 1);
        _rounds.Add(started);
    }

    private void Join(RoundEvent.WorkerJoined joined)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(joined.Slots, joined.TakesGroups ? 0 : 1);
        _workers.Add(joined, _now);
    }

    private void Resize(RoundEvent.WorkerResized resized, List<RoundCommand> commands)
    {
        if (_workers.Find(resized.Worker) is not { } worker) return;
        worker.Slots = resized.Slots;
        if (resized.Slots > 0) return;
        for (int i = worker.Leases.Count - 1; i >= 0; i--)
        {
            LeaseState lease = worker.Leases[i];
            _leases.Lose(lease, _now);
            commands.Add(new RoundCommand.Revoke(lease.Id, worker.Id, RevokeReason.Emptied));
        }
    }

    private void Drain(string id)
    {
        if (_workers.Find(id) is { } worker) worker.IsDraining = true;
    }

    private void Leave(string id)
    {
        if (_workers.Find(id) is not { } worker) return;
        for (int i = worker.Leases.Count - 1; i >= 0; i--) _leases.Lose(worker.Leases[i], _now);
        _workers.Remove(worker);
    }
}
