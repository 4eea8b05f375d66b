using Maml.Cluster.Coordinator.Rounds;

namespace Maml.Cluster.Coordinator.Tests.Rounds.Simulation;

/// <summary>What has to hold about turns, speculation, and workers that have nothing to do.</summary>
internal sealed class RoundRules(RoundSchedulerOptions options)
{
    private readonly List<TimeSpan> _sorted = [];

    /// <summary>Another round that could use any worker gets its turn in between.</summary>
    public static string? CheckTurn(SchedulerReference reference, ReferenceRound round, ReferenceWorker worker, TimeSpan now)
    {
        foreach (ReferenceRound other in reference.Rounds.Values)
        {
            if (other == round) continue;
            if (worker.Conduct.IsOnTrial || !other.CanUseAnyWorker(now))
            {
                other.PassedBy.Clear();
                continue;
            }

            int passes = other.PassedBy.GetValueOrDefault(round.Number) + 1;
            if (passes > 1) return $"passes over round {other.Number}, whose turn it is";
            other.PassedBy[round.Number] = passes;
        }

        round.PassedBy.Clear();
        return null;
    }

    public string? CheckSpeculation(ReferenceRound round, ReferenceChunk chunk, ReferenceWorker worker, List<TimeSpan> times, TimeSpan now)
    {
        SpeculationOptions limits = options.Speculation;
        if (!limits.IsEnabled) return "is speculative, which is switched off";
        if (worker.Conduct.IsOnTrial) return "is speculative and goes to a worker on trial";
        if (chunk.Holders.Exists(lease => lease.Worker == worker)) return "goes to the worker that holds the chunk";
        if (chunk.ExtraLeases >= limits.MaximumExtraLeases) return "is one too many of its chunk";
        if (chunk.ExtraLeases == 0 && round.Speculated >= Allowance(round)) return "is of one chunk too many";
        if (round.HasUnheld()) return "is speculative although chunks of the round wait";
        return Patience(times) is { } patience && now - chunk.NewestGranted >= patience ? null : "is speculative too early";
    }

    /// <summary>Nothing waits that a worker could do now, and the scheduler wakes in time for what comes.</summary>
    public string? Check(SchedulerReference reference, List<TimeSpan> times, TimeSpan now, TimeSpan? nextWake)
    {
        foreach (ReferenceRound round in reference.Rounds.Values)
        {
            bool hasUnheld = false;
            for (int index = 0; index < round.Chunks.Length; index++)
            {
                ReferenceChunk chunk = round.Chunks[index];
                if (!chunk.IsUnheld) continue;
                hasUnheld = true;
                if (chunk.NotBefore > now && !(nextWake <= chunk.NotBefore)) return $"nothing wakes the scheduler for chunk {index} of round {round.Number}";
                if (chunk.NotBefore <= now && CheckWaiting(reference, chunk) is { } fault) return $"chunk {index} of round {round.Number} waits {fault}";
            }

            if (!hasUnheld && CheckStragglers(reference, round, times, now, nextWake) is { } straggling) return $"round {round.Number}: {straggling}";
        }

        foreach (ReferenceWorker worker in reference.Workers.Values)
        {
            if (worker.Conduct.IsQuarantined && (worker.Conduct.Until <= now || !(nextWake <= worker.Conduct.Until))) return $"the quarantine of {worker.Id} does not end";
        }

        return null;
    }

    private static string? CheckWaiting(SchedulerReference reference, ReferenceChunk chunk)
    {
        bool isAnyActive = false, isAnyFree = false, isAnyUntried = false, isUntriedFree = false, isAnyQuarantined = false;
        foreach (ReferenceWorker worker in reference.Workers.Values)
        {
            isAnyQuarantined |= !worker.IsDraining && worker.Conduct.IsQuarantined;
            if (!worker.IsActive) continue;
            bool isUntried = !chunk.Suspects.ContainsKey(worker.Name);
            isAnyActive = true;
            isAnyUntried |= isUntried;
            bool canTake = worker.IsFree || worker.Held.Exists(lease => lease.IsExtra);
            isAnyFree |= canTake;
            isUntriedFree |= canTake && isUntried;
        }

        if (isUntriedFree) return "although a worker is free, or holds a speculative lease";
        if (isAnyFree && !isAnyUntried) return "although a worker is free and no better one will come";
        return !isAnyActive && isAnyQuarantined ? "although a worker in quarantine could be tried" : null;
    }

    private string? CheckStragglers(SchedulerReference reference, ReferenceRound round, List<TimeSpan> times, TimeSpan now, TimeSpan? nextWake)
    {
        if (!options.Speculation.IsEnabled || Patience(times) is not { } patience) return null;
        foreach (ReferenceChunk chunk in round.Chunks)
        {
            if (chunk.Accepted > 0) continue;
            bool mayHelp = chunk.ExtraLeases == 0 ? round.Speculated < Allowance(round) : chunk.ExtraLeases < options.Speculation.MaximumExtraLeases;
            if (!mayHelp || !HasHelper(reference, chunk)) continue;
            TimeSpan due = chunk.NewestGranted + patience;
            if (due < chunk.NotBefore) due = chunk.NotBefore;
            if (due <= now) return "a chunk takes long and gets no help";
            if (!(nextWake <= due)) return "nothing wakes the scheduler for a chunk that takes long";
        }

        return null;
    }

    private static bool HasHelper(SchedulerReference reference, ReferenceChunk chunk)
    {
        foreach (ReferenceWorker worker in reference.Workers.Values)
        {
            if (worker.IsFree && !worker.Conduct.IsOnTrial && !chunk.Suspects.ContainsKey(worker.Name)
                && !chunk.Holders.Exists(lease => lease.Worker == worker)) return true;
        }

        return false;
    }

    private int Allowance(ReferenceRound round) => Math.Max(1, (int)Math.Floor(round.Chunks.Length * options.Speculation.MaximumShare));

    private TimeSpan? Patience(List<TimeSpan> times)
    {
        if (times.Count < 3) return null;
        _sorted.Clear();
        for (int i = Math.Max(0, times.Count - 31); i < times.Count; i++) _sorted.Add(times[i]);
        _sorted.Sort();
        TimeSpan patience = _sorted[_sorted.Count / 2] * options.Speculation.Factor;
        return patience > options.Speculation.MinimumAge ? patience : options.Speculation.MinimumAge;
    }
}
