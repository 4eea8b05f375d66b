using System.Collections.Immutable;
using Maml.Cluster.Coordinator.Clustering.Placement;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Placement;

/// <summary>
/// Coordinators that report to one directory, and workers that do as they are told, on a clock of tenths of a second. Everything random comes
/// from the seed: when workers join and leave, how long they take for what they hold, which coordinators end, when the directory starts anew.
/// </summary>
internal sealed class SimulatedCluster(int seed)
{
    private static readonly PlacementTimes Times = new() { Turn = TimeSpan.FromDays(1) };
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.1);

    private readonly Random _random = new(seed);
    private readonly List<Coordinator> _coordinators = [];
    private readonly List<Worker> _workers = [];
    private WorkerDirectory _directory = new(Times);
    private int _last;

    public TimeSpan Now { get; private set; }

    /// <summary>When a worker was last told to move.</summary>
    public TimeSpan LastMove { get; private set; }

    public int Moves { get; private set; }

    public bool EverybodyIsAttached => _workers.TrueForAll(worker => worker.At is not null);

    /// <summary>What the balancer would say to the truth.</summary>
    public IReadOnlyList<WorkerMove> Unfairness() => Balancer.Balance(
        [.. _coordinators.Select(coordinator => new CoordinatorView(coordinator.Id, IsLeaving: false, coordinator.Needs))],
        [.. _workers.Where(worker => worker.At is not null).Select(worker => new WorkerView(worker.Instance, worker.At!.Id, default))],
        Times.Turn,
        Now);

    public void StartCoordinator() => _coordinators.Add(new Coordinator($"c{_last++}", Now + Step * _random.Next(10)) { Needs = DrawNeeds() });

    public void StartWorker() => _workers.Add(new Worker($"w{_last++}") { Dials = Now + Step * _random.Next(20) });

    /// <summary>Lets time pass.</summary>
    /// <param name="time">How long.</param>
    /// <param name="isDisturbed">Whether things happen that nobody wants.</param>
    public void Run(TimeSpan time, bool isDisturbed)
    {
        for (TimeSpan end = Now + time; Now < end; Now += Step)
        {
            if (isDisturbed && _random.Next(15) == 0) Disturb();
            foreach (Coordinator coordinator in _coordinators.Where(coordinator => coordinator.Reports <= Now)) Report(coordinator);
            foreach (Worker worker in _workers) Advance(worker);
        }
    }

    private void Disturb()
    {
        switch (_random.Next(7))
        {
            case 0 when _coordinators.Count < 5: StartCoordinator(); break;
            case 1 when _coordinators.Count > 1: End(_coordinators[_random.Next(_coordinators.Count)]); break;
            case 2: StartWorker(); break;
            case 3 when _workers.Count > 0: _workers.RemoveAt(_random.Next(_workers.Count)); break;
            case 4: _directory = new WorkerDirectory(Times); break;
            case 5 when _workers.Count > 0: Lose(_workers[_random.Next(_workers.Count)]); break;
            default: _coordinators[_random.Next(_coordinators.Count)].Needs = DrawNeeds(); break;
        }
    }

    private void End(Coordinator coordinator)
    {
        _coordinators.Remove(coordinator);
        foreach (Worker worker in _workers.Where(worker => worker.At == coordinator)) Lose(worker);
    }

    private void Lose(Worker worker)
    {
        worker.At = null;
        worker.Target = null;
        worker.Dials = Now + Step * _random.Next(3, 50);
    }

    private void Report(Coordinator coordinator)
    {
        // Every tenth report is lost, and with it the answer.
        coordinator.Reports = Now + Times.ReportInterval + Step * _random.Next(-2, 3);
        if (_random.Next(10) == 0) return;
        ImmutableArray<AttachedWorker> attached = [.. _workers.Where(worker => worker.At == coordinator).Select(worker => new AttachedWorker(worker.Instance, worker.Target))];
        PlacementDirections directions = _directory.Report(new CoordinatorReport(coordinator.Id, coordinator.Address, IsLeaving: false, attached, [.. coordinator.Needs]), Now);
        coordinator.Arrivals = new Queue<Uri>(directions.Arrivals);
        foreach (DirectedMove move in directions.Moves)
        {
            Worker worker = _workers.Single(worker => worker.Instance == move.Instance);
            (worker.At == coordinator && worker.Target is null).ShouldBeTrue($"seed {seed}: {move} is for a worker of the coordinator that is told, and told once");
            worker.Target = move.Coordinator;
            worker.Leaves = Now + Step * _random.Next(1, 30);
            Moves++;
            LastMove = Now;
        }
    }

    private void Advance(Worker worker)
    {
        if (worker is { At: not null, Target: { } target } && worker.Leaves <= Now)
        {
            worker.At = null;
            worker.Dials = Now + Step * 3;
            worker.IsRedirected = true;
            worker.Door = target;
        }

        if (worker.At is not null || worker.Dials > Now) return;
        Coordinator? door = worker.Door is { } sent ? _coordinators.Find(coordinator => coordinator.Id == sent) : _coordinators[_random.Next(_coordinators.Count)];
        (worker.Door, worker.Target) = (null, null);
        if (door is null)
        {
            worker.IsRedirected = false;
            worker.Dials = Now + Step * 5;
        }
        else if (!worker.IsRedirected && door.Arrivals.TryDequeue(out Uri? address) && address != door.Address)
        {
            worker.IsRedirected = true;
            worker.Door = address.Host;
        }
        else
        {
            worker.At = door;
            worker.IsRedirected = false;
        }
    }

    private int[] DrawNeeds() => [.. Enumerable.Range(0, _random.Next(3)).Select(_ => _random.Next(1, 9))];

    private sealed class Coordinator(string id, TimeSpan reports)
    {
        public string Id { get; } = id;

        public Uri Address { get; } = new($"http://{id}/");

        public int[] Needs { get; set; } = [];

        public TimeSpan Reports { get; set; } = reports;

        public Queue<Uri> Arrivals { get; set; } = new();
    }

    private sealed class Worker(string instance)
    {
        public string Instance { get; } = instance;

        public Coordinator? At { get; set; }

        /// <summary>Where it was told to go.</summary>
        public string? Target { get; set; }

        /// <summary>Where it dials next; null for wherever the service leads.</summary>
        public string? Door { get; set; }

        public TimeSpan Leaves { get; set; }

        public TimeSpan Dials { get; set; }

        public bool IsRedirected { get; set; }
    }
}
