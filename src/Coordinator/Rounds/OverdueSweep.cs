namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>What happens by the passing of time to leases that are not answered and workers that are not heard of.</summary>
internal sealed class OverdueSweep(WorkerRoster workers, LeaseTable leases, Discipline discipline, TimeSpan silenceLimit)
{
    /// <summary>Takes back leases whose time is up, and lets workers go that have been silent for too long.</summary>
    public void Sweep(TimeSpan now, List<RoundCommand> commands)
    {
        foreach (LeaseState lease in leases.Expired(now))
        {
            // The end of one lease may have cost its worker the others.
            if (!leases.IsRunning(lease)) continue;
            leases.Lose(lease, now);
            commands.Add(new RoundCommand.Revoke(lease.Id, lease.Worker.Id, RevokeReason.Expired));
            discipline.Blame(lease, "it let a lease end without an answer whose chunk another worker could compute", now, commands);
        }

        for (int i = workers.All.Count - 1; i >= 0; i--)
        {
            TimeSpan silence = now - workers.All[i].LastSeen;
            if (silence > silenceLimit) DismissSilent(workers.All[i], silence, now, commands);
        }
    }

    private void DismissSilent(WorkerState worker, TimeSpan silence, TimeSpan now, List<RoundCommand> commands)
    {
        string reason = $"it was silent for {silence.TotalSeconds:0.0} s; at most {silenceLimit.TotalSeconds:0.0} s are allowed";
        LeaseState[] held = [.. worker.Leases];
        for (int i = held.Length - 1; i >= 0; i--) leases.Lose(held[i], now);
        discipline.Dismiss(worker, reason, commands);
        foreach (LeaseState lease in held)
            discipline.Blame(lease, $"{reason}, and another worker could compute its chunk", now, commands);
    }
}
