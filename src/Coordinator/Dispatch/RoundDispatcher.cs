using Maml.Cluster.Coordinator.Rounds;
using Maml.Cluster.Coordinator.Telemetry;

namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>
/// Carries out what <see cref="RoundScheduler"/> decides: hands leases to workers and results to rounds. Safe for use by several
/// threads; nothing in it blocks.
/// </summary>
internal sealed class RoundDispatcher : IDisposable
{
    private readonly Lock _gate = new();
    private readonly RoundScheduler _scheduler;
    private readonly DispatchBoard _board;
    private readonly TimeProvider _time;
    private readonly ILogger<RoundDispatcher> _logger;
    private readonly DispatchMetrics _metrics;
    private readonly WakeTimer _wake;
    private readonly long _origin;
    private long _lastRound;

    /// <summary>Starts without rounds and workers.</summary>
    public RoundDispatcher(RoundSchedulerOptions options, TimeProvider time, DispatchMetrics metrics, ILogger<RoundDispatcher> logger)
    {
        _scheduler = new RoundScheduler(options);
        _board = new DispatchBoard(options.LeaseDuration, metrics, logger);
        _time = time;
        _logger = logger;
        _metrics = metrics;
        _origin = time.GetTimestamp();
        _wake = new WakeTimer(time, Wake);
        metrics.ObserveWorkers(ListWorkers);
    }

    /// <summary>Begins a round; it waits for workers as long as there are none.</summary>
    public Round Start(RoundWork work)
    {
        lock (_gate)
        {
            var round = new Round(this, ++_lastRound, work);
            _board.Rounds.Add(round.Number, round);
            Handle(new RoundEvent.RoundStarted(round.Number, work.Chunks.Count, new RoundSeries(work.Run.RunId, (int)work.Purpose), work.Group));
            return round;
        }
    }

    /// <summary>Adds a worker.</summary>
    public void Join(IWorkerOutbox worker)
    {
        lock (_gate)
        {
            _board.Workers.Add(worker.Id, worker);
            Handle(new RoundEvent.WorkerJoined(worker.Id, worker.Slots, worker.Name, worker.IsAggregator));
        }
    }

    /// <summary>Takes in that an aggregator has another number of slots.</summary>
    public void Resize(string worker, int slots)
    {
        lock (_gate) Handle(new RoundEvent.WorkerResized(worker, slots));
    }

    /// <summary>Hands nothing more to a worker.</summary>
    public void Drain(string worker)
    {
        lock (_gate) Handle(new RoundEvent.WorkerDraining(worker));
    }

    /// <summary>Removes a worker; what it held goes to others.</summary>
    public void Leave(string worker)
    {
        lock (_gate)
        {
            _board.RemoveWorker(worker);
            Handle(new RoundEvent.WorkerLeft(worker));
        }
    }

    /// <summary>A lease that a worker holds now; null when it is void or another worker's.</summary>
    public LeaseGrant? Find(string worker, ulong leaseId)
    {
        lock (_gate) return _board.Grants.TryGetValue(leaseId, out LeaseGrant? grant) && grant.Worker.Id == worker ? grant : null;
    }

    /// <summary>Counts a computed chunk. Where a round waited for it, what follows is done before this returns.</summary>
    /// <returns>False when the lease is void; the outcome is then still the caller's.</returns>
    public bool Complete(LeaseGrant grant, ChunkOutcome outcome)
    {
        try
        {
            lock (_gate)
            {
                _board.Grants.Remove(grant.LeaseId);
                return Handle(new RoundEvent.ChunkCompleted(grant.Worker.Id, grant.LeaseId), grant, outcome).Any(command => command is RoundCommand.Accept);
            }
        }
        finally
        {
            grant.Round.Deliver();
        }
    }

    /// <summary>Takes a lease back from a worker that could not compute it, or answered nonsense.</summary>
    public void Fail(LeaseGrant grant, string reason)
    {
        lock (_gate)
        {
            if (!_board.Grants.Remove(grant.LeaseId)) return;
            _board.End(grant, LeaseOutcome.Failed);
            _logger.ChunkFailed(grant.Chunk, grant.Round.Work.Iteration, grant.Round.Work.Run.RunId, grant.Worker.Name, reason);
            Handle(new RoundEvent.ChunkFailed(grant.Worker.Id, grant.LeaseId, reason));
        }
    }

    /// <summary>Takes in an answer to a lease that <see cref="Find"/> does not know.</summary>
    /// <returns>True when it is an honest answer that came late, false when it got the worker a strike.</returns>
    public bool IsLate(string worker, ulong leaseId)
    {
        lock (_gate) return !Handle(new RoundEvent.StrayAnswer(worker, leaseId)).Any(command => command is RoundCommand.Strike);
    }

    /// <summary>Takes back leases whose time is up and lets silent workers go; called every second or so.</summary>
    public void Tick()
    {
        lock (_gate)
        {
            foreach (IWorkerOutbox worker in _board.Workers.Values)
                Handle(new RoundEvent.WorkerSeen(worker.Id, _time.GetElapsedTime(_origin, worker.LastSeen)));
            Handle(new RoundEvent.Tick());
        }
    }

    /// <summary>What the rounds under way compute.</summary>
    public IReadOnlyList<RoundWork> ListRounds()
    {
        lock (_gate) return [.. _board.Rounds.Values.Select(round => round.Work)];
    }

    /// <summary>Tells all workers that a run has ended.</summary>
    public void Forget(string runId)
    {
        lock (_gate)
        {
            foreach (IWorkerOutbox worker in _board.Workers.Values) worker.Enqueue(new OutgoingItem.Forget(runId));
        }
    }

    internal void Forecast(long round, IReadOnlyList<Chunk> next)
    {
        lock (_gate) _board.Forecast(round, next);
    }

    internal void Abandon(long round)
    {
        lock (_gate)
        {
            if (_board.Rounds.Remove(round)) Handle(new RoundEvent.RoundAbandoned(round));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _wake.Dispose();

    private (WorkerStatus Status, string Device)[] ListWorkers()
    {
        lock (_gate) return [.. _scheduler.Workers.Select(worker => (worker.Status, _board.Workers[worker.Id].Device))];
    }

    private void Wake()
    {
        lock (_gate)
        {
            _wake.Disarm();
            Tick();
        }
    }

    private IReadOnlyList<RoundCommand> Handle(RoundEvent happened, LeaseGrant? grant = null, ChunkOutcome? outcome = null)
    {
        TimeSpan now = _time.GetElapsedTime(_origin);
        IReadOnlyList<RoundCommand> commands = _scheduler.Handle(happened, now);
        foreach (RoundCommand command in commands) _board.Carry(command, grant, outcome);
        _wake.Arm(_scheduler.NextWake, now);
        return commands;
    }
}
