using Maml.Cluster.Coordinator.Rounds;

namespace Maml.Cluster.Coordinator.Tests.Rounds.Simulation;

/// <summary>
/// Plain bookkeeping of what workers hold and what was counted, fed with the scheduler's events and commands. It decides nothing;
/// it says which command must not be.
/// </summary>
internal sealed class SchedulerReference(RoundSchedulerOptions options)
{
    private readonly StrikeReference _strikes = new(options);
    private readonly RoundRules _rules = new(options);
    private TimeSpan _now;

    public Dictionary<ulong, ReferenceLease> Leases { get; } = [];

    public Dictionary<string, ReferenceWorker> Workers { get; } = [];

    public Dictionary<string, ReferenceConduct> Conducts { get; } = [];

    public Dictionary<long, ReferenceRound> Rounds { get; } = [];

    public List<(long Round, int Chunk)> Accepted { get; } = [];

    public int Completed { get; private set; }

    private List<TimeSpan> Times { get; } = [];

    private ReferenceLease? _answered;
    private ulong _lastLease;

    /// <summary>Takes an event in, before the scheduler does.</summary>
    public void Before(RoundEvent happened, TimeSpan now, SimulatedTemper temper)
    {
        TimeSpan gap = now - _now;
        if (gap > options.SuspensionThreshold)
        {
            foreach (ReferenceLease lease in Leases.Values) lease.Granted += gap;
            foreach (ReferenceLease lease in Leases.Values)
                if (lease.AnswerDue != default) lease.AnswerDue += gap;
            foreach (ReferenceWorker worker in Workers.Values) worker.LastSeen += gap;
            foreach (ReferenceRound round in Rounds.Values)
                foreach (ReferenceChunk chunk in round.Chunks)
                    if (chunk.Holders.Exists(lease => lease.Granted == chunk.NewestGranted + gap)) chunk.NewestGranted += gap;
        }

        _now = now;
        _answered = null;
        _strikes.Expect(happened, this);
        switch (happened)
        {
            case RoundEvent.RoundStarted started: Rounds.Add(started.Round, new ReferenceRound(started.Round, started.Chunks)); break;
            case RoundEvent.RoundAbandoned abandoned: Rounds.Remove(abandoned.Round); break;
            case RoundEvent.WorkerJoined joined: Join(joined, temper); break;
            case RoundEvent.WorkerSeen seen: Workers[seen.Worker].LastSeen = seen.At; break;
            case RoundEvent.WorkerDraining draining: Workers[draining.Worker].IsDraining = true; break;
            case RoundEvent.WorkerLeft left: Remove(Workers[left.Worker]); break;
            case RoundEvent.ChunkCompleted completed: _answered = Answer(completed.Worker, completed.Lease); break;
            case RoundEvent.ChunkFailed failed when Answer(failed.Worker, failed.Lease) is { } lease: NoteFailure(lease); break;
            case RoundEvent.StrayAnswer stray: Workers[stray.Worker].Lost.Remove(stray.Lease); break;
        }
    }

    /// <summary>Takes a command in.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public string? Obey(RoundCommand command) => command switch
    {
        RoundCommand.Lease lease => Grant(lease),
        RoundCommand.Revoke revoke => Revoke(revoke),
        RoundCommand.Accept accept => Accept(accept),
        RoundCommand.RoundCompleted completed => Complete(completed.Round),
        RoundCommand.Dismiss dismiss => Dismiss(dismiss),
        RoundCommand.RoundFailed => $"{command} although an honest worker stays",
        _ => _strikes.Obey(command, this, _now),
    };

    /// <summary>Looks at the whole after an event was handled.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? After(RoundEvent happened, TimeSpan? nextWake)
    {
        if (_answered is not null) return $"lease {_answered.Id} was answered and not counted";
        foreach (ReferenceLease lease in Leases.Values)
        {
            if (!Rounds.ContainsKey(lease.Round.Number)) return $"lease {lease.Id} runs although its round has ended";
            if (happened is RoundEvent.Tick && lease.Granted + options.LeaseDuration <= _now) return $"lease {lease.Id} runs beyond its deadline";
        }

        if (happened is RoundEvent.Tick)
        {
            foreach (ReferenceWorker worker in Workers.Values)
                if (_now - worker.LastSeen > options.SilenceLimit) return $"{worker.Id} is silent and stays";
        }

        return _strikes.After() ?? (happened is RoundEvent.WorkerSeen ? null : _rules.Check(this, Times, _now, nextWake));
    }

    private void Join(RoundEvent.WorkerJoined joined, SimulatedTemper temper)
    {
        if (!Conducts.TryGetValue(joined.Name!, out ReferenceConduct? conduct)) Conducts.Add(joined.Name!, conduct = new ReferenceConduct(joined.Name!));
        Workers.Add(joined.Worker, new ReferenceWorker(joined.Worker, joined.Slots, conduct, temper) { LastSeen = _now });
    }

    private ReferenceLease? Answer(string worker, ulong id)
    {
        if (Leases.TryGetValue(id, out ReferenceLease? lease) && lease.Worker.Id == worker)
        {
            Take(lease);
            return lease;
        }

        Workers[worker].Lost.Remove(id);
        return null;
    }

    private void NoteFailure(ReferenceLease lease)
    {
        lease.Chunk.Failures++;
        Fault(lease);
        double delay = options.Retries.FirstDelay.TotalSeconds * Math.Pow(2, lease.Chunk.Failures - 1);
        lease.Chunk.NotBefore = _now + TimeSpan.FromSeconds(Math.Min(delay, options.Retries.LongestDelay.TotalSeconds));
    }

    private static void Fault(ReferenceLease lease)
    {
        lease.Chunk.Faults++;
        lease.Chunk.Suspects[lease.Worker.Name] = !lease.Worker.Conduct.IsOnTrial;
    }

    private void Take(ReferenceLease lease)
    {
        Leases.Remove(lease.Id);
        lease.Worker.Held.Remove(lease);
        lease.Chunk.Holders.Remove(lease);
    }

    private void Remove(ReferenceWorker worker)
    {
        foreach (ReferenceLease lease in worker.Held.ToArray()) Take(lease);
        Workers.Remove(worker.Id);
    }

    private string? Grant(RoundCommand.Lease granted)
    {
        if (granted.LeaseId <= _lastLease) return $"{granted} has a number that was used";
        _lastLease = granted.LeaseId;
        if (!Workers.TryGetValue(granted.Worker, out ReferenceWorker? worker)) return $"{granted} goes to a worker that is gone";
        if (!Rounds.TryGetValue(granted.Round, out ReferenceRound? round)) return $"{granted} is of a round that has ended";
        if (!worker.IsActive) return $"{granted} goes to a worker that drains or is in quarantine";
        if (!worker.IsFree) return $"{granted} is one too many for its worker";
        ReferenceChunk chunk = round.Chunks[granted.Chunk];
        if (chunk.Accepted > 0) return $"{granted} is of a chunk that was counted";
        if (chunk.NotBefore > _now) return $"{granted} comes before its delay is over";
        if (granted.Deadline != _now + options.LeaseDuration) return $"{granted} has a deadline of its own";
        LeaseKind expected = chunk.Holders.Count > 0 ? LeaseKind.Speculative : chunk.WasGranted ? LeaseKind.Retry : LeaseKind.First;
        if (granted.Kind != expected) return $"{granted}; expected {expected}";
        if ((expected == LeaseKind.Speculative ? _rules.CheckSpeculation(round, chunk, worker, Times, _now) : RoundRules.CheckTurn(this, round, worker, _now)) is { } fault)
            return $"{granted} {fault}";

        if (expected == LeaseKind.Speculative && chunk.ExtraLeases++ == 0) round.Speculated++;
        var lease = new ReferenceLease(granted.LeaseId, worker, round, chunk, expected == LeaseKind.Speculative, _now);
        chunk.WasGranted = true;
        chunk.NewestGranted = _now;
        chunk.Holders.Add(lease);
        worker.Held.Add(lease);
        Leases.Add(lease.Id, lease);
        return null;
    }

    private string? Revoke(RoundCommand.Revoke revoke)
    {
        if (!Leases.TryGetValue(revoke.LeaseId, out ReferenceLease? lease) || lease.Worker.Id != revoke.Worker) return $"{revoke} is of a lease that does not run";
        bool isRight = revoke.Reason switch
        {
            RevokeReason.Expired => lease.Granted + options.LeaseDuration <= _now,
            RevokeReason.Overtaken => lease.Chunk.Accepted > 0,
            RevokeReason.Preempted => lease.IsExtra,
            RevokeReason.Quarantined => lease.Worker.Conduct.IsQuarantined,
            _ => !Rounds.ContainsKey(lease.Round.Number),
        };
        if (revoke.Reason == RevokeReason.Expired) Fault(lease);
        Take(lease);
        lease.Worker.Lost.Add(lease.Id);
        return isRight ? null : $"{revoke} is not so";
    }

    private string? Accept(RoundCommand.Accept accept)
    {
        if (_answered is not { } lease || accept.Round != lease.Round.Number || lease.Round.Chunks[accept.Chunk] != lease.Chunk)
            return $"{accept} is not of the lease that was answered";
        if (accept.IsSpeculative != lease.IsSpeculative) return $"{accept} mistakes the kind of its lease";
        _answered = null;
        Times.Add(_now - lease.Granted);
        Accepted.Add((accept.Round, accept.Chunk));
        return ++lease.Chunk.Accepted == 1 ? null : $"{accept} came twice";
    }

    private string? Complete(long number)
    {
        if (!Rounds.Remove(number, out ReferenceRound? round)) return $"round {number} has ended twice";
        Completed++;
        return Array.TrueForAll(round.Chunks, chunk => chunk.Accepted == 1) ? null : $"round {number} has ended without all of its chunks";
    }

    private string? Dismiss(RoundCommand.Dismiss dismiss)
    {
        if (!Workers.TryGetValue(dismiss.Worker, out ReferenceWorker? worker)) return $"{dismiss} is of a worker that is gone";
        foreach (ReferenceLease lease in worker.Held) Fault(lease);
        Remove(worker);
        return _now - worker.LastSeen > options.SilenceLimit || _strikes.WasQuarantined(worker.Name) ? null : $"{dismiss} is not deserved";
    }
}
