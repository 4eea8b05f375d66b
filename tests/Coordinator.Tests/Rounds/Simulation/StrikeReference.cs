using Maml.Cluster.Coordinator.Rounds;

namespace Maml.Cluster.Coordinator.Tests.Rounds.Simulation;

/// <summary>Who deserves a strike, and what has to follow from it.</summary>
internal sealed class StrikeReference(RoundSchedulerOptions options)
{
    private readonly List<string> _due = [];
    private readonly HashSet<string> _onceQuarantined = [];
    private bool _isTick;
    private string? _toQuarantine;

    /// <summary>Whether a worker had been in quarantine when it got its last strike.</summary>
    public bool WasQuarantined(string name) => _onceQuarantined.Contains(name);

    public void Expect(RoundEvent happened, SchedulerReference reference)
    {
        _due.Clear();
        _isTick = happened is RoundEvent.Tick;
        switch (happened)
        {
            case RoundEvent.ChunkCompleted completed: Expect(completed.Worker, completed.Lease, reference, isFailure: false); break;
            case RoundEvent.ChunkFailed failed: Expect(failed.Worker, failed.Lease, reference, isFailure: true); break;
            case RoundEvent.StrayAnswer stray:
                if (!reference.Workers[stray.Worker].Lost.Contains(stray.Lease)) _due.Add(reference.Workers[stray.Worker].Name);
                break;
        }
    }

    public string? Obey(RoundCommand command, SchedulerReference reference, TimeSpan now)
    {
        switch (command)
        {
            case RoundCommand.Strike strike:
                if (_toQuarantine is not null) return $"{_toQuarantine} was to be put in quarantine first";
                ReferenceConduct struck = reference.Conducts[strike.Name];
                if (!_due.Remove(strike.Name) && !(_isTick && struck.IsOnTrial)) return $"{strike} is not deserved";
                if (struck.IsQuarantined) _onceQuarantined.Add(strike.Name);
                if (struck.IsOnTrial || strike.Strikes >= options.Quarantine.StrikeLimit) _toQuarantine = strike.Name;
                return null;
            case RoundCommand.Quarantine quarantine:
                if (quarantine.Name != _toQuarantine) return $"{quarantine} is not deserved";
                _toQuarantine = null;
                ReferenceConduct conduct = reference.Conducts[quarantine.Name];
                (conduct.IsQuarantined, conduct.IsOnTrial, conduct.Until) = (true, false, now + quarantine.Duration);
                return quarantine.Duration >= options.Quarantine.FirstDuration && quarantine.Duration <= options.Quarantine.LongestDuration
                    ? null
                    : $"{quarantine} is too short or too long";
            case RoundCommand.Trial trial:
                conduct = reference.Conducts[trial.Name];
                bool isRight = conduct.IsQuarantined && (trial.IsEarly ? IsNeeded(reference, now) : conduct.Until <= now);
                (conduct.IsQuarantined, conduct.IsOnTrial) = (false, true);
                _onceQuarantined.Remove(trial.Name);
                return isRight ? null : $"{trial} is not due";
            case RoundCommand.Trust trust:
                conduct = reference.Conducts[trust.Name];
                bool wasOnTrial = conduct.IsOnTrial;
                conduct.IsOnTrial = false;
                return wasOnTrial ? null : $"{trust} without a trial";
            default:
                return $"{command} is not known here";
        }
    }

    public string? After() => _due.Count > 0 ? $"{_due[0]} was to get a strike" : _toQuarantine is null ? null : $"{_toQuarantine} was to be put in quarantine";

    private void Expect(string workerId, ulong leaseId, SchedulerReference reference, bool isFailure)
    {
        if (!reference.Workers.TryGetValue(workerId, out ReferenceWorker? worker)) return;
        if (!reference.Leases.TryGetValue(leaseId, out ReferenceLease? lease) || lease.Worker != worker)
        {
            if (!worker.Lost.Contains(leaseId)) _due.Add(worker.Name);
            return;
        }

        if (isFailure)
        {
            if (worker.Conduct.IsOnTrial) _due.Add(worker.Name);
            return;
        }

        foreach ((string name, bool isDue) in lease.Chunk.Suspects)
            if (isDue && name != worker.Name) _due.Add(name);
        foreach (ReferenceLease other in lease.Chunk.Holders)
            if (other.Id < lease.Id) _due.Add(other.Worker.Name);
    }

    // A quarantine ends early only for a chunk that no worker may take which stays and has not come to grief with it.
    private static bool IsNeeded(SchedulerReference reference, TimeSpan now)
    {
        foreach (ReferenceRound round in reference.Rounds.Values)
        {
            foreach (ReferenceChunk chunk in round.Chunks)
            {
                if (!chunk.IsWaiting(now)) continue;
                bool hasUntried = false;
                foreach (ReferenceWorker worker in reference.Workers.Values) hasUntried |= worker.IsActive && !chunk.Suspects.ContainsKey(worker.Name);
                if (!hasUntried) return true;
            }
        }

        return false;
    }
}
