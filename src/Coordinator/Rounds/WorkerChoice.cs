namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>Which worker is handed a chunk that waits.</summary>
internal sealed class WorkerChoice(WorkerRoster workers, LeaseTable leases, RoundSchedulerOptions options)
{
    /// <summary>
    /// The free worker that holds least, the earliest to join among equals; for a group, one that takes it whole where one is free, and for a
    /// single chunk one that takes no groups. Never one that has come to grief with the chunk while
    /// another is there that has not: an honest worker gets its turn, however fast a broken one fails. Where none is free, a
    /// speculative lease makes room. Where none is left, the least bad one in quarantine gets another chance.
    /// </summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="commands">Receives what has to be done to make room.</param>
    /// <returns>Null when the chunk has to wait.</returns>
    public WorkerState? For(ChunkState chunk, List<RoundCommand> commands)
    {
        bool isAnyActive = false;
        bool isAnyUntried = false;
        WorkerState? best = null;
        WorkerState? bestUntried = null;
        foreach (WorkerState worker in workers.All)
        {
            if (worker.Status != WorkerStatus.Active || worker.Slots == 0) continue;
            isAnyActive = true;
            bool isUntried = chunk.Faults == 0 || !chunk.IsSuspect(worker.Name);
            isAnyUntried |= isUntried;
            if (!worker.IsFree) continue;
            best = Better(worker, best, chunk);
            if (isUntried) bestUntried = Better(worker, bestUntried, chunk);
        }

        if (isAnyUntried) return bestUntried ?? MakeRoom(chunk, isUntriedOnly: true, commands);
        if ((!isAnyActive || chunk.Faults >= options.FaultsBeforeReprieve) && Reprieve(chunk, isUntriedOnly: true, commands) is { } reprieved)
            return reprieved;
        return isAnyActive
            ? best ?? MakeRoom(chunk, isUntriedOnly: false, commands)
            : Reprieve(chunk, isUntriedOnly: false, commands);
    }

    private static WorkerState Better(WorkerState candidate, WorkerState? best, ChunkState chunk)
    {
        if (best is null) return candidate;
        bool isFitting = candidate.TakesGroups == chunk.Count > 1;
        return isFitting == (best.TakesGroups == chunk.Count > 1)
            ? candidate.Leases.Count < best.Leases.Count ? candidate : best
            : isFitting ? candidate : best;
    }

    private WorkerState? MakeRoom(ChunkState chunk, bool isUntriedOnly, List<RoundCommand> commands)
    {
        if (leases.Speculative == 0) return null;
        foreach (WorkerState worker in workers.All)
        {
            if (worker.Status != WorkerStatus.Active || (isUntriedOnly && chunk.IsSuspect(worker.Name))) continue;
            if (worker.Leases.FindLast(lease => lease.IsExtra) is not { } extra) continue;
            leases.Void(extra);
            commands.Add(new RoundCommand.Revoke(extra.Id, worker.Id, RevokeReason.Preempted));
            return worker;
        }

        return null;
    }

    private WorkerState? Reprieve(ChunkState chunk, bool isUntriedOnly, List<RoundCommand> commands)
    {
        WorkerState? best = null;
        foreach (WorkerState worker in workers.All)
        {
            if (worker.Status != WorkerStatus.Quarantined || worker.Slots == 0 || (isUntriedOnly && chunk.IsSuspect(worker.Name))) continue;
            if (best is null || IsLessBad(worker.Conduct, best.Conduct)) best = worker;
        }

        if (best is null) return null;
        best.Conduct.BeginTrial();
        commands.Add(new RoundCommand.Trial(best.Name, IsEarly: true));
        return best;
    }

    private static bool IsLessBad(WorkerConduct candidate, WorkerConduct best) => candidate.Severity != best.Severity
        ? candidate.Severity < best.Severity
        : candidate.Until < best.Until;
}
