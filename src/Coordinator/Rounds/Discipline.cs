namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>What becomes of workers that misbehave. Whatever such a worker held goes back to where it waits for another.</summary>
internal sealed class Discipline(WorkerRoster workers, LeaseTable leases, QuarantineOptions options)
{
    /// <summary>Notes that a worker came to grief with a chunk. Whether it or the chunk is to blame is open, unless it was on trial.</summary>
    public void Blame(LeaseState lease, string reason, TimeSpan now, List<RoundCommand> commands)
    {
        WorkerState worker = lease.Worker;
        bool isOnTrial = worker.Conduct.IsOnTrial;
        lease.Chunk.AddFault(worker.Name, isOnTrial ? null : reason);
        if (isOnTrial) Strike(worker.Name, reason, now, commands);
    }

    /// <summary>Gives a worker a strike, and what follows from it.</summary>
    public void Strike(string name, string reason, TimeSpan now, List<RoundCommand> commands)
    {
        bool isEnough = false;
        bool wasQuarantined = false;
        WorkerState? worker = workers.Judge(name, conduct =>
        {
            wasQuarantined = conduct.IsQuarantined;
            isEnough = conduct.AddStrike(options);
            commands.Add(new RoundCommand.Strike(name, conduct.Strikes, reason));
            if (isEnough) commands.Add(new RoundCommand.Quarantine(name, conduct.Quarantine(options, now)));
        });
        if (!isEnough || worker is null) return;
        TakeAll(worker, now, commands);
        if (wasQuarantined) Dismiss(worker, $"it went on misbehaving in quarantine; the last time {reason}", commands);
    }

    /// <summary>Lets a worker go that holds nothing.</summary>
    public void Dismiss(WorkerState worker, string reason, List<RoundCommand> commands)
    {
        workers.Remove(worker);
        commands.Add(new RoundCommand.Dismiss(worker.Id, reason));
    }

    /// <summary>Counts an accepted result in a worker's favour.</summary>
    public void Praise(WorkerState worker, List<RoundCommand> commands)
    {
        if (worker.Conduct.AddResult(options)) commands.Add(new RoundCommand.Trust(worker.Name));
    }

    private void TakeAll(WorkerState worker, TimeSpan now, List<RoundCommand> commands)
    {
        // The newest first, so that requeueing one by one keeps the oldest in front.
        for (int i = worker.Leases.Count - 1; i >= 0; i--)
        {
            LeaseState lease = worker.Leases[i];
            leases.Lose(lease, now);
            commands.Add(new RoundCommand.Revoke(lease.Id, worker.Id, RevokeReason.Quarantined));
        }
    }
}
