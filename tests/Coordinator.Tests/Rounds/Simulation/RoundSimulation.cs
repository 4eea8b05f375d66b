using Maml.Cluster.Coordinator.Rounds;

namespace Maml.Cluster.Coordinator.Tests.Rounds.Simulation;

/// <summary>
/// Rounds under random misfortune: workers join, leave, drain, fail, hang, fall silent, answer twice, late and out of thin air; rounds
/// are abandoned, and the coordinator itself stands still. One worker stays and is honest. Everything follows from the seed.
/// </summary>
internal sealed class RoundSimulation
{
    private const string Honest = "honest";
    private const int MostWorkers = 5;

    private readonly Random _random;
    private readonly RoundSchedulerOptions _options;
    private readonly RoundScheduler _scheduler;
    private readonly SchedulerReference _reference;
    private readonly List<ReferenceWorker> _fickle = [];
    private TimeSpan _now;
    private TimeSpan _lastTick;
    private TimeSpan _calmFrom;
    private int _lastWorker;
    private int _unwanted;

    public RoundSimulation(int seed)
    {
        _random = new Random(seed);
        _options = RandomOptions();
        _scheduler = new RoundScheduler(_options);
        _reference = new SchedulerReference(_options);
    }

    /// <summary>Events told so far.</summary>
    public int Events { get; private set; }

    /// <summary>Called with every command.</summary>
    public Action<RoundCommand>? Obeying { get; init; }

    /// <summary>The time that the rounds may take at most when nobody joins any more: each chunk once through every ordeal.</summary>
    private TimeSpan Bound(int chunks) =>
        ((_options.LeaseDuration * 3) + _options.Quarantine.LongestDuration + _options.Retries.LongestDelay) * (chunks + MostWorkers);

    /// <summary>Runs until all rounds have ended.</summary>
    /// <returns>What went wrong; null when nothing did.</returns>
    public string? Run()
    {
        int rounds = _random.Next(1, 4);
        int chunks = 0;
        int started = 0;
        _calmFrom = TimeSpan.FromSeconds(_random.Next(5, 25));
        if (Join(Honest, SimulatedTemper.Honest) is { } atOnce) return atOnce;
        while (_reference.Completed + _unwanted < rounds)
        {
            if (started < rounds && (started == 0 || _random.Next(4) == 0))
            {
                int count = _random.Next(1, 9);
                chunks += count;
                if (Tell(new RoundEvent.RoundStarted(++started, count)) is { } atStart) return atStart;
            }

            if (_now > _calmFrom + Bound(chunks)) return $"rounds {string.Join(", ", _reference.Rounds.Keys)} did not end";
            if (Step() is { } fault) return fault;
        }

        return _reference.Leases.Count == 0 ? null : "leases outlive their rounds";
    }

    private RoundSchedulerOptions RandomOptions() => new(TimeSpan.FromSeconds(10))
    {
        SilenceLimit = TimeSpan.FromSeconds(6),
        Retries = new RetryOptions { LongestDelay = TimeSpan.FromSeconds(1) },
        Speculation = new SpeculationOptions
        {
            IsEnabled = _random.Next(4) > 0,
            MinimumAge = TimeSpan.FromSeconds(0.5),
            MaximumShare = _random.Next(2) == 0 ? 0.25 : 1,
            MaximumExtraLeases = _random.Next(1, 3),
        },
        Quarantine = new QuarantineOptions
        {
            StrikeLimit = _random.Next(1, 5),
            ResultsPerStrike = 3,
            FirstDuration = TimeSpan.FromSeconds(2),
            LongestDuration = TimeSpan.FromSeconds(8),
        },
    };

    private string? Step()
    {
        TimeSpan step = TimeSpan.FromSeconds(_random.NextDouble());
        if (_random.Next(200) == 0) step = TimeSpan.FromSeconds(_random.Next(4, 60));
        else if (_scheduler.NextWake is { } wake && wake > _now && wake - _now < step) step = wake - _now;
        _now += step;
        if (_now >= _scheduler.NextWake || _now - _lastTick >= TimeSpan.FromSeconds(1))
        {
            if (Tick() is { } fault) return fault;
        }

        return AnswerWhatIsDue() ?? (_now < _calmFrom ? Misfortune() : null);
    }

    private string? Tick()
    {
        _lastTick = _now;
        foreach (ReferenceWorker worker in _reference.Workers.Values)
        {
            if (worker.Temper != SimulatedTemper.Silent && Tell(new RoundEvent.WorkerSeen(worker.Id, _now)) is { } fault) return fault;
        }

        return Tell(new RoundEvent.Tick());
    }

    private string? AnswerWhatIsDue()
    {
        ReferenceLease? due = null;
        do
        {
            due = null;
            foreach (ReferenceLease lease in _reference.Leases.Values)
            {
                if (lease.AnswerDue == default) lease.AnswerDue = lease.Granted + TimeFor(lease.Worker.Temper);
                if (lease.AnswerDue <= _now && (due is null || lease.AnswerDue < due.AnswerDue)) due = lease;
            }

            if (due is not null && Answer(due) is { } fault) return fault;
        }
        while (due is not null);
        return null;
    }

    private TimeSpan TimeFor(SimulatedTemper temper) => temper switch
    {
        SimulatedTemper.Honest => TimeSpan.FromSeconds(0.1 + (_random.NextDouble() * 2)),
        SimulatedTemper.Slow => TimeSpan.FromSeconds(_random.NextDouble() * 15),
        SimulatedTemper.Failing or SimulatedTemper.Erratic => TimeSpan.FromSeconds(_random.NextDouble()),
        _ => TimeSpan.FromDays(1),
    };

    private string? Answer(ReferenceLease lease)
    {
        string worker = lease.Worker.Id;
        bool fails = lease.Worker.Temper == SimulatedTemper.Failing || (lease.Worker.Temper == SimulatedTemper.Erratic && _random.Next(2) == 0);
        return Tell(fails ? new RoundEvent.ChunkFailed(worker, lease.Id, "chance") : new RoundEvent.ChunkCompleted(worker, lease.Id));
    }

    private string? Misfortune()
    {
        ReferenceWorker? fickle = Pick(SimulatedTemper.Honest);
        switch (_random.Next(12))
        {
            case 0 or 1 when _reference.Workers.Count < MostWorkers: return JoinAnyone();
            case 2 when fickle is not null: return Tell(new RoundEvent.WorkerLeft(fickle.Id));
            case 3 when fickle is not null: return Tell(new RoundEvent.WorkerDraining(fickle.Id));
            case 4 when fickle is { Temper: SimulatedTemper.Erratic }: return Tell(new RoundEvent.StrayAnswer(fickle.Id, (ulong)_random.Next(1, 1000)));
            case 5 when fickle is { Temper: SimulatedTemper.Erratic }: return Tell(new RoundEvent.ChunkCompleted(fickle.Id, (ulong)_random.Next(1, 20)));
            case 6 when AnyLost() is { } late: return Tell(new RoundEvent.StrayAnswer(late.Worker, late.Lease));
            case 7 when AnyLost() is { } late: return Tell(new RoundEvent.ChunkCompleted(late.Worker, late.Lease));
            case 8 when _reference.Rounds.Count > 1: return Abandon();
            case 9 when _random.Next(4) == 0: return Slander();
            default: return null;
        }
    }

    private ReferenceWorker? Pick(SimulatedTemper except)
    {
        _fickle.Clear();
        foreach (ReferenceWorker worker in _reference.Workers.Values)
            if (worker.Temper != except) _fickle.Add(worker);
        return _fickle.Count == 0 ? null : _fickle[_random.Next(_fickle.Count)];
    }

    private (string Worker, ulong Lease)? AnyLost()
    {
        foreach (ReferenceWorker worker in _reference.Workers.Values)
            if (worker.Lost.Count > 0 && _random.Next(2) == 0) return (worker.Id, worker.Lost[_random.Next(worker.Lost.Count)]);
        return null;
    }

    private string? Abandon()
    {
        _unwanted++;
        return Tell(new RoundEvent.RoundAbandoned(_reference.Rounds.Keys.First()));
    }

    // The honest worker gets strikes that it does not deserve, and must be let out of quarantine when it is needed.
    private string? Slander()
    {
        ReferenceWorker honest = _reference.Workers.Values.First(worker => worker.Temper == SimulatedTemper.Honest);
        return honest.Conduct.IsQuarantined ? null : Tell(new RoundEvent.StrayAnswer(honest.Id, ulong.MaxValue));
    }

    private string? JoinAnyone()
    {
        // Some come back under the name that they had.
        string name = $"name-{_random.Next(6)}";
        foreach (ReferenceWorker worker in _reference.Workers.Values)
            if (worker.Name == name) return null;
        return Join(name, (SimulatedTemper)_random.Next(6));
    }

    private string? Join(string name, SimulatedTemper temper) =>
        Tell(new RoundEvent.WorkerJoined($"{name}/{++_lastWorker}", _random.Next(1, 4), name), temper);

    private string? Tell(RoundEvent happened, SimulatedTemper temper = default)
    {
        Events++;
        _reference.Before(happened, _now, temper);
        foreach (RoundCommand command in _scheduler.Handle(happened, _now))
        {
            Obeying?.Invoke(command);
            if (_reference.Obey(command) is { } fault) return $"{fault}; at {_now} after {happened}";
        }

        return _reference.After(happened, _scheduler.NextWake) is { } wrong ? $"{wrong}; at {_now} after {happened}" : null;
    }
}
