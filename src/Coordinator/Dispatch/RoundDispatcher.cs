using Maml.Cluster.Coordinator.Rounds;

namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>
/// Carries out what <see cref="RoundScheduler"/> decides: hands leases to workers and results to rounds. Safe for use by several
/// threads; nothing in it blocks.
/// </summary>
internal sealed class RoundDispatcher
{
    private readonly Lock _gate = new();
    private readonly RoundScheduler _scheduler;
    private readonly DispatchBoard _board;
    private readonly TimeProvider _time;
    private readonly ILogger<RoundDispatcher> _logger;
    private readonly long _origin;
    private long _lastRound;

    /// <summary>Starts without rounds and workers.</summary>
    public RoundDispatcher(RoundSchedulerOptions options, TimeProvider time, ILogger<RoundDispatcher> logger)
    {
        _scheduler = new RoundScheduler(options);
        _board = new DispatchBoard(options.LeaseDuration, logger);
        _time = time;
        _logger = logger;
        _origin = time.GetTimestamp();
    }

    /// <summary>Begins a round; it waits for workers as long as there are none.</summary>
    public Round Start(RoundWork work)
    {
        lock (_gate)
        {
            var round = new Round(this, ++_lastRound, work);
            _board.Rounds.Add(round.Number, round);
            Handle(new RoundEvent.RoundStarted(round.Number, work.Chunks.Count));
            return round;
        }
    }

    /// <summary>Adds a worker.</summary>
    public void Join(IWorkerOutbox worker)
    {
        lock (_gate)
        {
            _board.Workers.Add(worker.Id, worker);
            Handle(new RoundEvent.WorkerJoined(worker.Id, worker.Slots));
        }
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

    /// <summary>Counts a computed chunk.</summary>
    /// <returns>False when the lease is void; the outcome is then still the caller's.</returns>
    public bool Complete(LeaseGrant grant, ChunkOutcome outcome)
    {
        lock (_gate)
        {
            _board.Grants.Remove(grant.LeaseId);
            return Handle(new RoundEvent.ChunkCompleted(grant.Worker.Id, grant.LeaseId), outcome);
        }
    }

    /// <summary>Takes a lease back from a worker that could not compute it, or answered nonsense.</summary>
    public void Fail(LeaseGrant grant, string reason)
    {
        lock (_gate)
        {
            if (!_board.Grants.Remove(grant.LeaseId)) return;
            _logger.ChunkFailed(grant.Chunk, grant.Round.Work.Iteration, grant.Round.Work.Run.RunId, grant.Worker.Name, reason);
            Handle(new RoundEvent.ChunkFailed(grant.Worker.Id, grant.LeaseId, reason));
        }
    }

    /// <summary>Takes back leases whose time is up; called every second or so.</summary>
    public void Tick()
    {
        lock (_gate) Handle(new RoundEvent.Tick());
    }

    /// <summary>Tells all workers that a run has ended.</summary>
    public void Forget(string runId)
    {
        lock (_gate)
        {
            foreach (IWorkerOutbox worker in _board.Workers.Values) worker.Enqueue(new OutgoingItem.Forget(runId));
        }
    }

    internal void Abandon(long round)
    {
        lock (_gate)
        {
            if (_board.Rounds.Remove(round)) Handle(new RoundEvent.RoundAbandoned(round));
        }
    }

    private bool Handle(RoundEvent happened, ChunkOutcome? outcome = null)
    {
        bool isAccepted = false;
        foreach (RoundCommand command in _scheduler.Handle(happened, _time.GetElapsedTime(_origin)))
        {
            _board.Carry(command, happened, outcome);
            isAccepted |= command is RoundCommand.Accept;
        }

        return isAccepted;
    }
}
