namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>The leases that are running.</summary>
/// <param name="duration">Time that a worker has for a chunk.</param>
internal sealed class LeaseTable(TimeSpan duration)
{
    private readonly Dictionary<ulong, LeaseState> _leases = [];
    private ulong _lastLease;

    /// <summary>Speculative leases that run.</summary>
    public int Speculative { get; private set; }

    /// <summary>Hands a chunk to a worker.</summary>
    public RoundCommand.Lease Grant(WorkerState worker, RoundState round, ChunkState chunk, LeaseKind kind, TimeSpan now)
    {
        var lease = new LeaseState(++_lastLease, worker, round, chunk, kind, now, LeaseDurations.Of(duration, chunk.Count));
        _leases.Add(lease.Id, lease);
        worker.Leases.Add(lease);
        worker.Chunks += chunk.Count;
        round.Leases.Add(lease);
        chunk.Holders++;
        chunk.Newest = lease;
        if (kind == LeaseKind.Speculative) Speculative++;
        return new RoundCommand.Lease(lease.Id, worker.Id, round.Number, chunk.Index, lease.Deadline, kind, chunk.Count);
    }

    /// <summary>Ends a lease that its worker has answered.</summary>
    /// <returns>Null when it is void, or another worker's.</returns>
    public LeaseState? Answer(string worker, ulong leaseId)
    {
        if (!_leases.TryGetValue(leaseId, out LeaseState? lease) || lease.Worker.Id != worker) return null;
        Remove(lease);
        return lease;
    }

    /// <summary>Ends a lease before its worker has answered. Its answer may be on its way, and is no misbehaviour.</summary>
    public void Void(LeaseState lease)
    {
        Remove(lease);
        lease.Worker.Voided.Add(lease.Id);
    }

    /// <summary>Ends a lease before its worker has answered, and has its chunk handed out again.</summary>
    public void Lose(LeaseState lease, TimeSpan now)
    {
        Void(lease);
        lease.Round.Requeue(lease.Chunk, now);
    }

    /// <summary>Whether a lease runs.</summary>
    public bool IsRunning(LeaseState lease) => _leases.ContainsKey(lease.Id);

    /// <summary>Leases whose time is up; the newest come first, so that requeueing one by one keeps the oldest in front.</summary>
    public IReadOnlyList<LeaseState> Expired(TimeSpan now)
    {
        List<LeaseState>? expired = null;
        foreach (LeaseState lease in _leases.Values)
            if (lease.Deadline <= now) (expired ??= []).Add(lease);
        expired?.Sort((one, other) => other.Id.CompareTo(one.Id));
        return expired is null ? [] : expired;
    }

    /// <summary>Does not count a time in which the coordinator stood still.</summary>
    public void Shift(TimeSpan by)
    {
        foreach (LeaseState lease in _leases.Values) lease.Shift(by);
    }

    private void Remove(LeaseState lease)
    {
        _leases.Remove(lease.Id);
        lease.Worker.Leases.Remove(lease);
        lease.Worker.Chunks -= lease.Chunk.Count;
        lease.Round.Leases.Remove(lease);
        lease.Chunk.Holders--;
        if (lease.Kind == LeaseKind.Speculative) Speculative--;
    }
}
