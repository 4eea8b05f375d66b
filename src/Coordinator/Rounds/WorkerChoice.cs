namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>Which worker is handed a chunk.</summary>
internal static class WorkerChoice
{
    /// <summary>
    /// The free worker that holds least, the earliest to join among equals. Never one that has failed on the chunk while another
    /// is attached that has not: an honest worker gets its turn, however fast a broken one fails.
    /// </summary>
    /// <param name="workers">All workers attached, in the order of joining.</param>
    /// <param name="chunk">The chunk.</param>
    /// <returns>Null when the chunk has to wait.</returns>
    public static WorkerState? For(IReadOnlyList<WorkerState> workers, ChunkState chunk)
    {
        bool anyUntried = chunk.Failures > 0 && HasUntried(workers, chunk);
        WorkerState? best = null;
        foreach (WorkerState worker in workers)
        {
            if (!worker.IsFree || (anyUntried && chunk.HasFailedOn(worker.Id))) continue;
            if (best is null || IsBetter(worker, best, chunk)) best = worker;
        }

        return best;
    }

    /// <summary>Whether a worker that stays has not failed on the chunk.</summary>
    public static bool HasUntried(IReadOnlyList<WorkerState> workers, ChunkState chunk)
    {
        foreach (WorkerState worker in workers)
            if (!worker.IsDraining && !chunk.HasFailedOn(worker.Id)) return true;
        return false;
    }

    private static bool IsBetter(WorkerState candidate, WorkerState best, ChunkState chunk)
    {
        bool candidateLostIt = candidate.Id == chunk.LostBy;
        bool bestLostIt = best.Id == chunk.LostBy;
        return candidateLostIt != bestLostIt ? bestLostIt : candidate.Held < best.Held;
    }
}
