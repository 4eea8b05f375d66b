namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>
/// Decides which worker computes which chunk. A pure state machine: events in, commands out, time as an argument. Every chunk of a
/// round is accepted exactly once, whatever workers do. Rounds of several runs take turns, one lease each. Not safe for use by
/// several threads.
/// </summary>
/// <param name="options">Limits.</param>
internal sealed class RoundScheduler(RoundSchedulerOptions options)
{
    private readonly List<WorkerState> _workers = [];
    private readonly Dictionary<string, WorkerState> _workersById = [];
    private readonly Dictionary<long, RoundState> _rounds = [];
    private readonly LinkedList<RoundState> _turns = [];
    private readonly LeaseTable _leases = new(options.LeaseDuration);

    /// <summary>Takes an event in.</summary>
    /// <param name="happened">The event. Answers to leases that are void, and news of workers that are not there, change nothing.</param>
    /// <param name="now">Time on any clock that never goes back.</param>
    /// <returns>What is to be done, in order.</returns>
    public IReadOnlyList<RoundCommand> Handle(RoundEvent happened, TimeSpan now)
    {
        var commands = new List<RoundCommand>();
        switch (happened)
        {
            case RoundEvent.RoundStarted started: Start(started); break;
            case RoundEvent.RoundAbandoned abandoned: End(abandoned.Round, commands); break;
            case RoundEvent.WorkerJoined joined: Join(joined); break;
            case RoundEvent.WorkerDraining draining: Drain(draining.Worker); break;
            case RoundEvent.WorkerLeft left: Leave(left.Worker); break;
            case RoundEvent.ChunkCompleted completed: Complete(completed, commands); break;
            case RoundEvent.ChunkFailed failed: Fail(failed, commands); break;
            case RoundEvent.Tick: Expire(now, commands); break;
            default: throw new ArgumentException($"There is no such event as {happened.GetType().Name}.", nameof(happened));
        }

        Assign(now, commands);
        return commands;
    }

    private void Start(RoundEvent.RoundStarted started)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(started.Chunks, 1);
        var round = new RoundState(started.Round, started.Chunks);
        _rounds.Add(started.Round, round);
        _turns.AddLast(round);
    }

    private void Join(RoundEvent.WorkerJoined joined)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(joined.Slots, 1);
        var worker = new WorkerState(joined.Worker, joined.Slots);
        _workersById.Add(joined.Worker, worker);
        _workers.Add(worker);
    }

    private void Drain(string id)
    {
        if (_workersById.TryGetValue(id, out WorkerState? worker)) worker.IsDraining = true;
    }

    private void Leave(string id)
    {
        if (!_workersById.Remove(id, out WorkerState? worker)) return;
        _workers.Remove(worker);
        foreach (LeaseState lease in _leases.ReleaseWhere(lease => lease.Worker == worker)) Lose(lease);
    }

    private void Complete(RoundEvent.ChunkCompleted completed, List<RoundCommand> commands)
    {
        if (_leases.Release(completed.Worker, completed.Lease) is not { } lease) return;
        commands.Add(new RoundCommand.Accept(lease.Round.Number, lease.Chunk.Index));
        if (--lease.Round.Remaining > 0) return;
        commands.Add(new RoundCommand.RoundCompleted(lease.Round.Number));
        End(lease.Round.Number, commands);
    }

    private void Fail(RoundEvent.ChunkFailed failed, List<RoundCommand> commands)
    {
        if (_leases.Release(failed.Worker, failed.Lease) is not { } lease) return;
        lease.Chunk.AddFailure(failed.Worker);
        if (lease.Chunk.Failures < options.MaximumFailures || WorkerChoice.HasUntried(_workers, lease.Chunk))
        {
            Requeue(lease);
            return;
        }

        string reason = $"Chunk {lease.Chunk.Index} failed {lease.Chunk.Failures} times, the last time on worker '{failed.Worker}': {failed.Reason}";
        commands.Add(new RoundCommand.RoundFailed(lease.Round.Number, reason));
        End(lease.Round.Number, commands);
    }

    private void Expire(TimeSpan now, List<RoundCommand> commands)
    {
        foreach (LeaseState lease in _leases.ReleaseWhere(lease => lease.Deadline <= now))
        {
            Lose(lease);
            commands.Add(new RoundCommand.Revoke(lease.Id, lease.Worker.Id));
        }
    }

    private void End(long number, List<RoundCommand> commands)
    {
        if (!_rounds.Remove(number, out RoundState? round)) return;
        _turns.Remove(round);
        foreach (LeaseState lease in _leases.ReleaseWhere(lease => lease.Round == round))
            commands.Add(new RoundCommand.Revoke(lease.Id, lease.Worker.Id));
    }

    private static void Lose(LeaseState lease)
    {
        lease.Chunk.LostBy = lease.Worker.Id;
        Requeue(lease);
    }

    // To the front: the round cannot end without it, and it has waited longest.
    private static void Requeue(LeaseState lease) => lease.Round.Waiting.AddFirst(lease.Chunk);

    private void Assign(TimeSpan now, List<RoundCommand> commands)
    {
        // A round that can use no free worker now is passed over; the loop ends when all have been in a row.
        for (int passed = 0; passed < _turns.Count;)
        {
            RoundState round = _turns.First!.Value;
            _turns.RemoveFirst();
            _turns.AddLast(round);
            passed = TryLease(round, now, commands) ? 0 : passed + 1;
        }
    }

    private bool TryLease(RoundState round, TimeSpan now, List<RoundCommand> commands)
    {
        if (!_workers.Exists(worker => worker.IsFree)) return false;
        for (LinkedListNode<ChunkState>? node = round.Waiting.First; node is not null; node = node.Next)
        {
            if (WorkerChoice.For(_workers, node.Value) is not { } worker) continue;
            round.Waiting.Remove(node);
            LeaseState lease = _leases.Grant(worker, round, node.Value, now);
            commands.Add(new RoundCommand.Lease(lease.Id, worker.Id, round.Number, node.Value.Index, lease.Deadline));
            return true;
        }

        return false;
    }
}
