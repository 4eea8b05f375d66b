namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>The leases that are running.</summary>
/// <param name="duration">Time that a worker has for a chunk.</param>
internal sealed class LeaseTable(TimeSpan duration)
{
    private readonly Dictionary<ulong, LeaseState> _leases = [];
    private ulong _lastLease;

    /// <summary>Hands a chunk to a worker.</summary>
    public LeaseState Grant(WorkerState worker, RoundState round, ChunkState chunk, TimeSpan now)
    {
        var lease = new LeaseState(++_lastLease, worker, round, chunk, now + duration);
        _leases.Add(lease.Id, lease);
        worker.Held++;
        return lease;
    }

    /// <summary>Ends a lease.</summary>
    /// <returns>Null when it is void, or another worker's.</returns>
    public LeaseState? Release(string worker, ulong leaseId)
    {
        if (!_leases.TryGetValue(leaseId, out LeaseState? lease) || lease.Worker.Id != worker) return null;
        _leases.Remove(leaseId);
        lease.Worker.Held--;
        return lease;
    }

    /// <summary>Ends all leases that a condition holds for; the newest come first, so that requeueing one by one keeps the oldest in front.</summary>
    public IReadOnlyList<LeaseState> ReleaseWhere(Func<LeaseState, bool> predicate)
    {
        LeaseState[] found = [.. _leases.Values.Where(predicate).OrderByDescending(lease => lease.Id)];
        foreach (LeaseState lease in found) Release(lease.Worker.Id, lease.Id);
        return found;
    }
}
