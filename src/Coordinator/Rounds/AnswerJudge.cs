namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>What follows from the answers of workers.</summary>
internal sealed class AnswerJudge(WorkerRoster workers, RoundTable rounds, LeaseTable leases, Discipline discipline, RetryOptions retries)
{
    /// <summary>Takes in that a chunk was computed: the first answer counts.</summary>
    public void Complete(RoundEvent.ChunkCompleted completed, TimeSpan now, List<RoundCommand> commands)
    {
        if (leases.Answer(completed.Worker, completed.Lease) is not { } lease)
        {
            NoteStray(completed.Worker, completed.Lease, now, commands);
            return;
        }

        RoundState round = lease.Round;
        commands.Add(new RoundCommand.Accept(round.Number, lease.Chunk.Index, lease.Kind == LeaseKind.Speculative));
        round.TimesOf(lease.Chunk).Add(now - lease.Granted);
        if (lease.Chunk.Holders > 0) RevokeOthers(lease, now, commands);
        foreach ((string name, string charge) in lease.Chunk.Charges(lease.Worker.Name)) discipline.Strike(name, charge, now, commands);
        discipline.Praise(lease.Worker, commands);
        round.Remaining -= lease.Chunk.Count;
        if (round.Remaining > 0) return;
        commands.Add(new RoundCommand.RoundCompleted(round.Number));
        rounds.End(round.Number, commands);
    }

    private void RevokeOthers(LeaseState winner, TimeSpan now, List<RoundCommand> commands)
    {
        foreach (LeaseState other in winner.Round.Leases.FindAll(other => other.Chunk == winner.Chunk))
        {
            leases.Void(other);
            commands.Add(new RoundCommand.Revoke(other.Id, other.Worker.Id, RevokeReason.Overtaken));

            // Who began later has nothing to answer for.
            if (other.Id < winner.Id)
                discipline.Strike(other.Worker.Name, $"it was overtaken with chunk {other.Chunk.Index} by a worker that began later", now, commands);
        }
    }

    /// <summary>Takes in that a chunk was not computed.</summary>
    public void Fail(RoundEvent.ChunkFailed failed, TimeSpan now, List<RoundCommand> commands)
    {
        if (leases.Answer(failed.Worker, failed.Lease) is not { } lease)
        {
            NoteStray(failed.Worker, failed.Lease, now, commands);
            return;
        }

        ChunkState chunk = lease.Chunk;
        chunk.Failures++;
        discipline.Blame(lease, $"it failed on a chunk that another worker could compute: {failed.Reason}", now, commands);
        chunk.NotBefore = now + retries.DelayAfter(chunk.Failures);
        if (chunk.Holders > 0) return;
        if (chunk.Failures < retries.MaximumFailures || workers.HasUntried(chunk))
        {
            lease.Round.Requeue(chunk, now);
            return;
        }

        string reason = $"Chunk {chunk.Index} failed {chunk.Failures} times, the last time on worker '{lease.Worker.Name}': {failed.Reason}";
        commands.Add(new RoundCommand.RoundFailed(lease.Round.Number, reason));
        rounds.End(lease.Round.Number, commands);
    }

    /// <summary>Takes in an answer to a lease that does not run. A late one is honest.</summary>
    public void NoteStray(string id, ulong leaseId, TimeSpan now, List<RoundCommand> commands)
    {
        if (workers.Find(id) is not { } worker || worker.Voided.Remove(leaseId)) return;
        discipline.Strike(worker.Name, $"it answered lease {leaseId}, which it had never held or had answered before", now, commands);
    }
}
