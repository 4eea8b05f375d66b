namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>Hands waiting chunks to free workers. Rounds take turns, one lease each.</summary>
internal sealed class ChunkAssigner(WorkerRoster workers, RoundTable rounds, LeaseTable leases, RoundSchedulerOptions options)
{
    private readonly WorkerChoice _choice = new(workers, leases, options);
    private readonly Speculator _speculator = new(workers, rounds, leases, options.Speculation);

    /// <summary>Hands out whatever can be.</summary>
    /// <returns>When something will change by time alone; null when nothing will.</returns>
    public TimeSpan? Assign(TimeSpan now, List<RoundCommand> commands)
    {
        TimeSpan? next = workers.EndQuarantines(now, commands);
        foreach (RoundState round in rounds.Turns) next = Earlier(next, round.EndDelays(now));

        // A round that can use no free worker now is passed over; the loop ends when all have been in a row.
        for (int passed = 0; passed < rounds.Turns.Count;) passed = TryLease(rounds.Rotate(), now, commands) ? 0 : passed + 1;
        return Earlier(next, _speculator.Speculate(now, commands));
    }

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;

    private bool TryLease(RoundState round, TimeSpan now, List<RoundCommand> commands)
    {
        if (round.Waiting.Count == 0 || !CanAnyBeHad()) return false;
        for (LinkedListNode<ChunkState>? node = round.Waiting.First; node is not null; node = node.Next)
        {
            ChunkState chunk = node.Value;
            if (_choice.For(chunk, commands) is not { } worker) continue;
            if (!worker.Takes(chunk))
            {
                node = round.Split(node);
                chunk = node.Value;
            }

            round.Waiting.Remove(node);
            commands.Add(leases.Grant(worker, round, chunk, chunk.Newest is null ? LeaseKind.First : LeaseKind.Retry, now));
            return true;
        }

        return false;
    }

    // Spares a walk over all waiting chunks, which is the common case: every worker is busy.
    private bool CanAnyBeHad()
    {
        if (leases.Speculative > 0) return true;
        foreach (WorkerState worker in workers.All)
            if (worker.IsFree || worker.Status == WorkerStatus.Quarantined) return true;
        return false;
    }
}
