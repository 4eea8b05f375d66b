using Maml.Cluster.Coordinator.Rounds;

namespace Maml.Cluster.Coordinator.Tests.Rounds;

/// <summary>
/// Rounds under random misfortune: workers join, leave, drain, fail, stay silent and answer twice or late. One worker stays and is
/// honest. Checks on the way that commands make sense.
/// </summary>
internal sealed class RoundSimulation
{
    private const string Honest = "honest";
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(10);

    private readonly Random _random;
    private readonly RoundScheduler _scheduler = new(new RoundSchedulerOptions(LeaseDuration));
    private readonly Dictionary<string, int> _slots = [];
    private readonly List<RoundCommand.Lease> _running = [];
    private readonly List<RoundCommand.Lease> _void = [];
    private readonly Dictionary<long, int[]> _accepted = [];
    private readonly HashSet<long> _completed = [];
    private TimeSpan _now;
    private int _lastWorker;

    public RoundSimulation(int seed) => _random = new Random(seed);

    /// <summary>Runs until all rounds have ended.</summary>
    /// <returns>What went wrong; null when nothing did.</returns>
    public string? Run()
    {
        Join(Honest);
        int rounds = _random.Next(1, 4);
        for (int round = 1; round <= rounds; round++)
        {
            _accepted[round] = new int[_random.Next(1, 12)];
            Tell(new RoundEvent.RoundStarted(round, _accepted[round].Length));
        }

        for (int step = 0; _completed.Count < rounds; step++)
        {
            if (step > 5000) return $"round(s) did not end; accepted {string.Join(" | ", _accepted.Values.Select(counts => string.Join(',', counts)))}";
            if (Misfortune() is { } fault) return fault;
        }

        return _accepted.Values.All(counts => counts.All(count => count == 1)) ? null : "a chunk was not counted exactly once";
    }

    private string? Misfortune()
    {
        _now += TimeSpan.FromSeconds(_random.NextDouble() * 3);
        RoundCommand.Lease? lease = Pick(_running);
        switch (_random.Next(10))
        {
            case 0 when _slots.Count < 5: return Join($"worker-{++_lastWorker}");
            case 1 when Pick([.. _slots.Keys.Where(worker => worker != Honest)]) is { } leaver: return Leave(leaver);
            case 2 when Pick([.. _slots.Keys.Where(worker => worker != Honest)]) is { } drained: return Tell(new RoundEvent.WorkerDraining(drained));
            case 3: return Tell(new RoundEvent.Tick());
            case 4 when lease is not null && lease.Worker != Honest: return End(lease, new RoundEvent.ChunkFailed(lease.Worker, lease.LeaseId, "chance"));
            case 5 when Pick(_void) is { } late: return TellStale(new RoundEvent.ChunkCompleted(late.Worker, late.LeaseId));
            case 6 when lease is not null: return TellStale(new RoundEvent.ChunkCompleted($"not-{lease.Worker}", lease.LeaseId));
            case 7 or 8 when lease is not null: return End(lease, new RoundEvent.ChunkCompleted(lease.Worker, lease.LeaseId));
            default: return null;
        }
    }

    private T? Pick<T>(IReadOnlyList<T> items)
        where T : class => items.Count == 0 ? null : items[_random.Next(items.Count)];

    private string? Join(string worker)
    {
        _slots[worker] = _random.Next(1, 4);
        return Tell(new RoundEvent.WorkerJoined(worker, _slots[worker]));
    }

    private string? Leave(string worker)
    {
        _slots.Remove(worker);
        _void.AddRange(_running.Where(lease => lease.Worker == worker));
        _running.RemoveAll(lease => lease.Worker == worker);
        return Tell(new RoundEvent.WorkerLeft(worker));
    }

    private string? End(RoundCommand.Lease lease, RoundEvent answer)
    {
        _running.Remove(lease);
        _void.Add(lease);
        return Tell(answer);
    }

    private string? TellStale(RoundEvent answer) => _scheduler.Handle(answer, _now).Count == 0 ? null : $"{answer} is stale but had an effect";

    private string? Tell(RoundEvent happened)
    {
        foreach (RoundCommand command in _scheduler.Handle(happened, _now))
        {
            if (Obey(command) is { } fault) return $"{fault} after {happened}";
        }

        return null;
    }

    private string? Obey(RoundCommand command)
    {
        switch (command)
        {
            case RoundCommand.Lease lease:
                if (!_slots.TryGetValue(lease.Worker, out int slots)) return $"{lease} goes to a worker that is gone";
                if (_running.Any(other => other.Round == lease.Round && other.Chunk == lease.Chunk)) return $"{lease} is of a chunk in another's hands";
                if (_accepted[lease.Round][lease.Chunk] > 0) return $"{lease} is of a chunk that was counted";
                _running.Add(lease);
                return _running.Count(other => other.Worker == lease.Worker) <= slots ? null : $"{lease} is one too many";
            case RoundCommand.Revoke revoke:
                int index = _running.FindIndex(lease => lease.LeaseId == revoke.LeaseId && lease.Worker == revoke.Worker);
                if (index < 0) return $"{revoke} is of a lease that does not run";
                _void.Add(_running[index]);
                _running.RemoveAt(index);
                return null;
            case RoundCommand.Accept accept:
                _accepted[accept.Round][accept.Chunk]++;
                return null;
            case RoundCommand.RoundCompleted completed:
                return _completed.Add(completed.Round) ? null : $"{completed} came twice";
            default:
                return $"{command} although an honest worker stays";
        }
    }
}
