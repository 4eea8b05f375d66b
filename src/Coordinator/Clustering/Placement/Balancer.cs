namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>Says which workers should be with another coordinator. Pure: the same question has the same answer.</summary>
internal static class Balancer
{
    /// <summary>The fewest moves after which every coordinator has its share; none where all have theirs.</summary>
    /// <param name="coordinators">All coordinators.</param>
    /// <param name="workers">All workers, each with one of the coordinators.</param>
    /// <param name="turn">How long a coordinator keeps its last worker while others have none.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<WorkerMove> Balance(
        IReadOnlyCollection<CoordinatorView> coordinators, IReadOnlyCollection<WorkerView> workers, TimeSpan turn, TimeSpan now)
    {
        IReadOnlyDictionary<string, int> shares = FairShares.Of(coordinators, workers, turn, now);
        Occupancy[] all = [.. coordinators.OrderBy(coordinator => coordinator.Id, StringComparer.Ordinal)
            .Select(coordinator => new Occupancy(coordinator, shares.GetValueOrDefault(coordinator.Id), workers))];
        var moves = new List<WorkerMove>();
        while (NextSource(all) is { } source && NextTarget(all, source) is { } target)
        {
            moves.Add(new WorkerMove(source.Release(), source.Id, target.Id));
            target.Count++;
        }

        return moves;
    }

    /// <summary>Where the next workers to arrive should go, one after the other; empty where they may stay where they have dialled.</summary>
    /// <param name="coordinators">All coordinators.</param>
    /// <param name="workers">All workers.</param>
    /// <param name="arrivals">How many are asked for.</param>
    /// <param name="turn">How long a coordinator keeps its last worker while others have none.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<string> Place(
        IReadOnlyCollection<CoordinatorView> coordinators, IReadOnlyCollection<WorkerView> workers, int arrivals, TimeSpan turn, TimeSpan now)
    {
        List<WorkerView> all = [.. workers];
        var places = new List<string>();
        while (places.Count < arrivals)
        {
            // As if it were nowhere yet: the coordinator that lacks most is where it is missed.
            WorkerView arrival = new($"arrival {places.Count}", "", now);
            IReadOnlyDictionary<string, int> shares = FairShares.Of(coordinators, [.. all, arrival], turn, now);
            var lacking = shares.Select(share => (share.Key, Lack: share.Value - all.Count(worker => worker.Coordinator == share.Key)))
                .Where(share => share.Lack > 0)
                .OrderByDescending(share => share.Lack)
                .ThenBy(share => share.Key, StringComparer.Ordinal)
                .ToArray();
            if (lacking.Length == 0) break;
            places.Add(lacking[0].Key);
            all.Add(arrival with { Coordinator = lacking[0].Key });
        }

        return places;
    }

    // Those that cannot stay come first: they fill gaps without a move that could be spared.
    private static Occupancy? NextSource(Occupancy[] all) => all
        .Where(coordinator => coordinator is { Surplus: > 0, HasMovable: true })
        .OrderByDescending(coordinator => coordinator.IsLeaving)
        .ThenByDescending(coordinator => coordinator.Surplus)
        .FirstOrDefault();

    private static Occupancy? NextTarget(Occupancy[] all, Occupancy source) => all
        .Where(coordinator => coordinator is { IsLeaving: false, Surplus: < 0 })
        .OrderBy(coordinator => coordinator.Surplus)
        .FirstOrDefault()
        ?? (source.IsLeaving ? all.Where(coordinator => !coordinator.IsLeaving).MinBy(coordinator => coordinator.Count) : null);

    private sealed class Occupancy
    {
        private readonly Stack<string> _movable;

        public Occupancy(CoordinatorView coordinator, int share, IEnumerable<WorkerView> workers)
        {
            WorkerView[] here = [.. workers.Where(worker => worker.Coordinator == coordinator.Id)];
            Id = coordinator.Id;
            IsLeaving = coordinator.IsLeaving;
            Share = share;
            Count = here.Length;

            // The newest goes first: it has the least of the runs' θ and data sets.
            _movable = new Stack<string>(here.Where(worker => !worker.IsMoving)
                .OrderBy(worker => worker.Since)
                .ThenBy(worker => worker.Instance, StringComparer.Ordinal)
                .Select(worker => worker.Instance));
        }

        public string Id { get; }

        public bool IsLeaving { get; }

        public int Share { get; }

        public int Count { get; set; }

        public int Surplus => Count - Share;

        public bool HasMovable => _movable.Count > 0;

        public string Release()
        {
            Count--;
            return _movable.Pop();
        }
    }
}
