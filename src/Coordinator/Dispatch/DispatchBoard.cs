using Maml.Cluster.Coordinator.Rounds;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>Which rounds, workers and leases there are, and how a command of the scheduler is carried out. Guarded by its owner.</summary>
/// <param name="leaseDuration">Time that a worker has for a chunk.</param>
/// <param name="logger">Told of leases that were lost.</param>
internal sealed class DispatchBoard(TimeSpan leaseDuration, ILogger logger)
{
    /// <summary>Rounds that have not ended, by number.</summary>
    public Dictionary<long, Round> Rounds { get; } = [];

    /// <summary>Workers, by identifier.</summary>
    public Dictionary<string, IWorkerOutbox> Workers { get; } = [];

    /// <summary>Leases that run, by identifier.</summary>
    public Dictionary<ulong, LeaseGrant> Grants { get; } = [];

    /// <summary>Removes a worker and its leases.</summary>
    public void RemoveWorker(string worker)
    {
        Workers.Remove(worker);
        foreach (LeaseGrant grant in Grants.Values.Where(grant => grant.Worker.Id == worker).ToArray())
        {
            Grants.Remove(grant.LeaseId);
            RoundWork work = grant.Round.Work;
            logger.LeaseLost(grant.LeaseId, grant.Chunk, work.Iteration, work.Run.RunId, grant.Worker.Name);
        }
    }

    /// <summary>Carries a command out.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cause">The event that led to it.</param>
    /// <param name="outcome">The result that came with the event.</param>
    public void Carry(RoundCommand command, RoundEvent cause, ChunkOutcome? outcome)
    {
        switch (command)
        {
            case RoundCommand.Lease lease:
                Lease(lease);
                break;
            case RoundCommand.Revoke revoke:
                if (Grants.Remove(revoke.LeaseId, out LeaseGrant? grant)) Revoke(grant, hasExpired: cause is RoundEvent.Tick);
                break;
            case RoundCommand.Accept accept:
                Rounds[accept.Round].Deliver(outcome!);
                break;
            case RoundCommand.RoundCompleted completed:
                End(completed.Round, fault: null);
                break;
            case RoundCommand.RoundFailed failed:
                End(failed.Round, new RoundFailedException(failed.Reason));
                break;
        }
    }

    private void Lease(RoundCommand.Lease lease)
    {
        Round round = Rounds[lease.Round];
        IWorkerOutbox worker = Workers[lease.Worker];
        Grants.Add(lease.LeaseId, new LeaseGrant(lease.LeaseId, worker, round, lease.Chunk));
        worker.Enqueue(new OutgoingItem.Lease(round.Work, round.Work.CreateLease(lease.LeaseId, lease.Chunk, leaseDuration)));
    }

    private void Revoke(LeaseGrant grant, bool hasExpired)
    {
        RoundWork work = grant.Round.Work;
        if (hasExpired) logger.LeaseExpired(grant.LeaseId, grant.Chunk, work.Iteration, work.Run.RunId, grant.Worker.Name);
        grant.Worker.Enqueue(new OutgoingItem.Message(new CoordinatorMessage { Revoked = new LeaseRevoked { LeaseId = grant.LeaseId } }));
    }

    private void End(long number, RoundFailedException? fault)
    {
        if (Rounds.Remove(number, out Round? round)) round.Complete(fault);
    }
}
