using Maml.Cluster.Coordinator.Rounds;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>Which rounds, workers and leases there are, and how a command of the scheduler is carried out. Guarded by its owner.</summary>
/// <param name="leaseDuration">Time that a worker has for a chunk.</param>
/// <param name="metrics">Counts what happens.</param>
/// <param name="logger">Told of what goes wrong.</param>
internal sealed class DispatchBoard(TimeSpan leaseDuration, DispatchMetrics metrics, ILogger logger)
{
    private readonly ConductReport _conduct = new(metrics, logger);

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
            End(grant, LeaseOutcome.Lost);
            logger.LeaseLost(grant.LeaseId, grant.Chunk, work.Iteration, work.Run.RunId, grant.Worker.Name);
        }
    }

    /// <summary>
    /// Tells each worker that computes for a round what it is likely to get in the next one: the scheduler hands chunks out in order to
    /// workers in order, so that who has a position in one round has it in the next.
    /// </summary>
    public void Forecast(long round, IReadOnlyList<Chunk> next)
    {
        foreach (IGrouping<IWorkerOutbox, LeaseGrant> held in Grants.Values.Where(grant => grant.Round.Number == round && grant.Count == 1).GroupBy(grant => grant.Worker))
        {
            LeaseGrant first = held.MinBy(grant => grant.Chunk)!;
            if (first.Chunk >= next.Count || held.Key.IsAggregator) continue;
            held.Key.Enqueue(new OutgoingItem.Message(first.Round.Work.CreateForecast(next[first.Chunk])));
        }
    }

    /// <summary>Carries a command out.</summary>
    /// <param name="command">The command.</param>
    /// <param name="completed">The lease that the event was the answer to.</param>
    /// <param name="outcome">The result that came with the event.</param>
    public void Carry(RoundCommand command, LeaseGrant? completed, ChunkOutcome? outcome)
    {
        switch (command)
        {
            case RoundCommand.Lease lease:
                Lease(lease);
                break;
            case RoundCommand.Revoke revoke:
                if (Grants.Remove(revoke.LeaseId, out LeaseGrant? grant)) Revoke(grant, revoke.Reason);
                break;
            case RoundCommand.Accept accept:
                Accept(accept, completed!, outcome!);
                break;
            case RoundCommand.RoundCompleted ended:
                End(ended.Round, fault: null);
                break;
            case RoundCommand.RoundFailed failed:
                End(failed.Round, new RoundFailedException(failed.Reason));
                break;
            case RoundCommand.Dismiss dismiss:
                IWorkerOutbox worker = Workers[dismiss.Worker];
                RemoveWorker(dismiss.Worker);
                worker.Dismiss(dismiss.Reason);
                break;
            default:
                _conduct.Report(command);
                break;
        }
    }

    private void Lease(RoundCommand.Lease lease)
    {
        Round round = Rounds[lease.Round];
        IWorkerOutbox worker = Workers[lease.Worker];
        RoundWork work = round.Work;
        metrics.Granted(lease.Kind);
        if (lease.Kind == LeaseKind.Speculative) logger.Speculated(lease.LeaseId, lease.Chunk, work.Iteration, work.Run.RunId, worker.Name);
        var grant = new LeaseGrant(lease.LeaseId, worker, round, lease.Chunk, lease.Count)
        {
            Span = LeaseSpan.Start(round.Trace, lease.LeaseId, lease.Chunk, work.CountTasks(lease.Chunk, lease.Count), worker.Name),
        };
        Grants.Add(lease.LeaseId, grant);

        // For the writer, who lets go of it: a round that goes on has a holder, so this cannot fail.
        work.Parameters.TryHold();
        worker.Enqueue(new OutgoingItem.Lease(
            grant, work.CreateLease(lease.LeaseId, lease.Chunk, lease.Count, LeaseDurations.Of(leaseDuration, lease.Count), grant.Span?.Id)));
    }

    private void Accept(RoundCommand.Accept accept, LeaseGrant grant, ChunkOutcome outcome)
    {
        End(grant, LeaseOutcome.Accepted);
        Round round = Rounds[accept.Round];
        if (accept.IsSpeculative)
        {
            metrics.SpeculationWon();
            logger.SpeculationWon(accept.Chunk, round.Work.Iteration, round.Work.Run.RunId);
        }

        round.Add(outcome);
    }

    private void Revoke(LeaseGrant grant, RevokeReason reason)
    {
        RoundWork work = grant.Round.Work;
        End(grant, OutcomeOf(reason));
        if (reason == RevokeReason.Expired) logger.LeaseExpired(grant.LeaseId, grant.Chunk, work.Iteration, work.Run.RunId, grant.Worker.Name);
        grant.Worker.Enqueue(new OutgoingItem.Message(new CoordinatorMessage { Revoked = new LeaseRevoked { LeaseId = grant.LeaseId } }));
    }

    /// <summary>Counts that a lease has ended.</summary>
    public void End(LeaseGrant grant, LeaseOutcome outcome)
    {
        metrics.Ended(outcome, grant.Tasks);
        LeaseSpan.End(grant.Span, outcome);
    }

    private static LeaseOutcome OutcomeOf(RevokeReason reason) => reason switch
    {
        RevokeReason.Expired => LeaseOutcome.Expired,
        RevokeReason.Overtaken => LeaseOutcome.Overtaken,
        RevokeReason.Preempted => LeaseOutcome.Preempted,
        RevokeReason.Quarantined => LeaseOutcome.Quarantined,
        RevokeReason.Emptied => LeaseOutcome.Lost,
        _ => LeaseOutcome.Abandoned,
    };

    private void End(long number, RoundFailedException? fault)
    {
        if (!Rounds.Remove(number, out Round? round)) return;
        round.End(fault);

        // A round that is complete is delivered by who brought its last outcome.
        if (fault is not null) ThreadPool.UnsafeQueueUserWorkItem(static failed => failed.Deliver(), round, preferLocal: false);
    }
}
