using Maml.Cluster.Coordinator.Clustering.Placement;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Placement;

/// <summary>Coordinators and workers at one moment, drawn from a seed.</summary>
internal sealed record Situation(IReadOnlyList<CoordinatorView> Coordinators, IReadOnlyList<WorkerView> Workers, TimeSpan Now)
{
    public static readonly TimeSpan Turn = TimeSpan.FromMinutes(1);

    public IReadOnlyList<WorkerMove> Balance() => Balancer.Balance(Coordinators, Workers, Turn, Now);

    public int CountAt(string coordinator) => Workers.Count(worker => worker.Coordinator == coordinator);

    /// <summary>The situation after some moves.</summary>
    public Situation After(IEnumerable<WorkerMove> moves)
    {
        Dictionary<string, string> targets = moves.ToDictionary(move => move.Instance, move => move.To);
        return this with
        {
            Workers = [.. Workers.Select(worker => targets.TryGetValue(worker.Instance, out string? to) ? worker with { Coordinator = to, Since = Now } : worker)],
        };
    }

    /// <summary>Draws a small situation, in which nobody has waited for a turn.</summary>
    public static Situation Draw(Random random, int mostCoordinators = 4, int mostWorkers = 8)
    {
        TimeSpan now = TimeSpan.FromHours(1);
        CoordinatorView[] coordinators = [.. Enumerable.Range(0, random.Next(1, mostCoordinators + 1)).Select(index => new CoordinatorView(
            $"c{index}", random.Next(6) == 0, [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(1, 6))]))];
        WorkerView[] workers = [.. Enumerable.Range(0, random.Next(mostWorkers + 1)).Select(index => new WorkerView(
            $"w{index}", $"c{random.Next(coordinators.Length)}", now - TimeSpan.FromSeconds(random.Next(50))))];
        return new Situation(coordinators, workers, now);
    }
}
