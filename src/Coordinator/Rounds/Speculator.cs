namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>Hands chunks that take long to a second worker as well, where one has nothing else to do.</summary>
internal sealed class Speculator(WorkerRoster workers, RoundTable rounds, LeaseTable leases, SpeculationOptions options)
{
    /// <summary>Hands out what takes too long now. Called when no chunk that waits can be handed out.</summary>
    /// <returns>When the next chunk will have taken too long; null when none will, or nobody could help.</returns>
    public TimeSpan? Speculate(TimeSpan now, List<RoundCommand> commands)
    {
        if (!options.IsEnabled || rounds.Turns.Count == 0 || !workers.HasFree()) return null;
        TimeSpan? next = null;
        foreach (RoundState round in rounds.Turns)
        {
            // Before its end a round has better use for free workers.
            if (round.Waiting.Count > 0 || round.Delayed.Count > 0) continue;
            for (int i = 0, running = round.Leases.Count; i < running; i++)
            {
                ChunkState chunk = round.Leases[i].Chunk;
                if (round.TimesOf(chunk).Median is not { } median || !MayHelp(round, chunk)) continue;
                TimeSpan patience = median * options.Factor > options.MinimumAge ? median * options.Factor : options.MinimumAge;
                TimeSpan due = chunk.Newest!.Granted + patience;
                if (due < chunk.NotBefore) due = chunk.NotBefore;
                if (due <= now)
                {
                    if (!TryHelp(round, chunk, now, commands)) continue;
                    due = now + patience;
                }

                next = next < due ? next : due;
            }
        }

        return next;
    }

    private bool MayHelp(RoundState round, ChunkState chunk) => chunk.ExtraLeases == 0
        ? round.Speculated < options.AllowanceOf(round.Chunks)
        : chunk.ExtraLeases < options.MaximumExtraLeases;

    private bool TryHelp(RoundState round, ChunkState chunk, TimeSpan now, List<RoundCommand> commands)
    {
        WorkerState? best = null;
        foreach (WorkerState worker in workers.All)
        {
            if (!worker.IsFree || !worker.Takes(chunk) || worker.Conduct.IsOnTrial || chunk.IsSuspect(worker.Name) || worker.Leases.Exists(lease => lease.Chunk == chunk)) continue;
            if (best is null || worker.Leases.Count < best.Leases.Count) best = worker;
        }

        if (best is null) return false;
        if (chunk.ExtraLeases++ == 0) round.Speculated++;
        commands.Add(leases.Grant(best, round, chunk, LeaseKind.Speculative, now));
        return true;
    }
}
