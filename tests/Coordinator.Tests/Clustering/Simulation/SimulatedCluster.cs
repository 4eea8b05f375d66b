using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Simulation;

/// <summary>Three coordinators, one run, and everything that can go wrong between them, from a seed.</summary>
internal sealed class SimulatedCluster : IDisposable
{
    private const int Size = 3;
    private const int FaultySteps = 600;

    // The sum of all that has to happen one after the other when nothing goes wrong any more, many times over.
    private static readonly TimeSpan CalmLimit = TimeSpan.FromMinutes(5);

    private readonly Random _random;
    private readonly SimulatedTruth _truth = new();
    private readonly TestMeterFactory _meters = new();
    private readonly CoordinatorMeter _meter;
    private readonly List<SimulatedCoordinator> _alive = [];
    private int _started;
    private double _loss;

    public SimulatedCluster(int seed)
    {
        _random = new Random(seed);
        _loss = _random.NextDouble() * 0.3;
        _meter = new CoordinatorMeter(_meters);
        while (_alive.Count < Size) Start();
        var creator = new CoordinatorIdentity("creator", new Uri("http://creator:5100"));
        _truth.Ledger.CreateAsync(SimulatedTruth.RunId, default, default, creator, TimeSpan.FromSeconds(8), default).Result.ShouldNotBeNull();
    }

    /// <summary>How often somebody has come to have the run.</summary>
    public long Epoch => _truth.Epoch;

    /// <summary>Lets things go wrong for a while, then lets the run end.</summary>
    public void Run()
    {
        for (int step = 0; step < FaultySteps; step++)
        {
            Step();
            RequireOneMaster();
        }

        Calm();
    }

    public void Dispose() => _meters.Dispose();

    private SimulatedCoordinator Any() => _alive[_random.Next(_alive.Count)];

    private void Start() =>
        _alive.Add(new SimulatedCoordinator($"coordinator-{++_started}", 0.98 + (_random.NextDouble() * 0.04), _truth, _meter));

    private void Step()
    {
        SimulatedCoordinator chosen = Any();
        switch (_random.NextDouble())
        {
            case < 0.02:
                if (chosen.IsHalted) Continue(chosen);
                else chosen.IsHalted = true;
                break;
            case < 0.03:
                _alive.Remove(chosen);
                Start();
                break;
            case < 0.04 when !chosen.IsHalted:
                chosen.Leave();
                break;
            case < 0.10 when !chosen.IsHalted:
                chosen.Wake();
                break;
            case < 0.16:
                // A reminder that goes off everywhere at once: a run that is activated twice.
                foreach (SimulatedCoordinator each in _alive.Where(each => !each.IsHalted)) each.Wake();
                break;
            case < 0.22 when !chosen.IsHalted:
                chosen.WriteLate();
                break;
            case < 0.32 when !chosen.IsHalted:
                chosen.Work(isWriteLost: _random.NextDouble() < _loss);
                break;
            case < 0.55:
                chosen.Ledger.Step(_random, _loss);
                break;
            case < 0.75 when !chosen.IsHalted:
                chosen.Pump.Step();
                break;
            default:
                Pass(TimeSpan.FromMilliseconds(_random.Next(1, 800)));
                break;
        }
    }

    private void Pass(TimeSpan time)
    {
        _truth.Time.Advance(time);
        foreach (SimulatedCoordinator each in _alive)
        {
            if (each.IsHalted) each.Missed += time * each.ClockRate;
            else each.Pump.Do(() => each.Time.Advance(time * each.ClockRate));
        }
    }

    // Its clock has gone on; what it had in its hands comes before any timer.
    private void Continue(SimulatedCoordinator halted)
    {
        halted.IsHalted = false;
        if (_random.Next(2) == 0) halted.WriteLate();
        halted.Pump.Do(() => halted.Time.Advance(halted.Missed));
        halted.Missed = TimeSpan.Zero;
    }

    private void RequireOneMaster()
    {
        SimulatedCoordinator[] masters = [.. _alive.Where(each => !each.IsHalted && each.IsAtWork)];
        masters.Length.ShouldBeLessThanOrEqualTo(1, string.Join(", ", masters.Select(each => $"{each.Id} under epoch {each.Epoch}")));
    }

    private void Calm()
    {
        _loss = 0;
        foreach (SimulatedCoordinator halted in _alive.Where(each => each.IsHalted)) Continue(halted);
        while (_alive.Count < Size + 1) Start();
        TimeSpan passed = TimeSpan.Zero;
        for (; !_truth.IsOver && passed < CalmLimit; passed += TimeSpan.FromMilliseconds(50))
        {
            Pass(TimeSpan.FromMilliseconds(50));
            if (passed.Ticks % TimeSpan.TicksPerSecond == 0) Any().Wake();
            foreach (SimulatedCoordinator each in _alive)
            {
                each.Ledger.Step(_random, loss: 0);
                while (!each.Pump.IsIdle) each.Pump.Step();
                each.Work(isWriteLost: false);
                RequireOneMaster();
            }
        }

        _truth.IsOver.ShouldBeTrue($"the run stands at iteration {_truth.Iteration} under epoch {_truth.Epoch}, {passed} after the last fault; "
            + $"{_truth.Ledger.FindAsync(SimulatedTruth.RunId, default).Result}; {string.Join(", ", _alive)}");
    }
}
