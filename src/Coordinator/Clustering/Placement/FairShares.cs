namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>
/// How many workers each coordinator should have: every active run as many as any other, up to what it can use. Where the workers do not
/// divide evenly, or are fewer than the coordinators that need one, the rest stays where it is, so that as few as possible move.
/// </summary>
/// <remarks>
/// With fewer workers than coordinators in need, some have none. They take turns: one that has waited for a whole turn gets the worker of
/// one that has had it for as long.
/// </remarks>
internal sealed class FairShares
{
    private readonly TimeSpan _turn;
    private readonly TimeSpan _now;
    private readonly List<Share> _shares;

    private FairShares(IEnumerable<CoordinatorView> coordinators, IReadOnlyCollection<WorkerView> workers, TimeSpan turn, TimeSpan now)
    {
        _turn = turn;
        _now = now;
        _shares = [.. coordinators.Where(coordinator => !coordinator.IsLeaving && coordinator.Needs.Count > 0)
            .OrderBy(coordinator => coordinator.Id, StringComparer.Ordinal)
            .Select(coordinator => new Share(coordinator, [.. workers.Where(worker => worker.Coordinator == coordinator.Id)]))];
    }

    /// <summary>Shares out the workers.</summary>
    /// <param name="coordinators">All coordinators.</param>
    /// <param name="workers">All workers.</param>
    /// <param name="turn">How long a coordinator keeps its last worker while others have none.</param>
    /// <param name="now">The time.</param>
    /// <returns>Workers of every coordinator that needs any.</returns>
    public static IReadOnlyDictionary<string, int> Of(
        IEnumerable<CoordinatorView> coordinators, IReadOnlyCollection<WorkerView> workers, TimeSpan turn, TimeSpan now) =>
        new FairShares(coordinators, workers, turn, now).Divide(workers.Count);

    private Dictionary<string, int> Divide(int workers)
    {
        int left = Math.Min(workers, _shares.Sum(share => share.Coordinator.Needs.Sum()));
        int level = 0;
        while (_shares.Sum(share => share.RunsAbove(level)) is > 0 and var takers && takers <= left)
        {
            left -= takers;
            foreach (Share share in _shares) share.Count += share.RunsAbove(level);
            level++;
        }

        // What is left is less than one for each run that could take another.
        foreach (Share share in _shares) share.Open = share.RunsAbove(level);
        for (; left > 0; left--)
        {
            Share next = _shares.Where(share => share.Open > 0).OrderBy(share => share.Count > 0).ThenBy(RankOf).ThenBy(WaitOf).ThenBy(TenureOf).First();
            next.Count++;
            next.Open--;
        }

        return _shares.ToDictionary(share => share.Coordinator.Id, share => share.Count);
    }

    // A coordinator's second worker is another's first before all this is asked.
    private int RankOf(Share share) => share switch
    {
        { Count: 0 } when share.Workers.Any(worker => _now - worker.Since < _turn) => 0,
        { Count: 0, Workers.Length: 0 } when WaitOf(share) <= -_turn => 1,
        _ when share.Workers.Length > share.Count => 2,
        _ => 3,
    };

    private TimeSpan WaitOf(Share share) => (share.Coordinator.StarvedSince ?? _now) - _now;

    // Who has had its workers for the longest gives one up first.
    private TimeSpan TenureOf(Share share) => _now - share.Workers.Select(worker => worker.Since).DefaultIfEmpty(_now).Max();

    private sealed class Share(CoordinatorView coordinator, WorkerView[] workers)
    {
        public CoordinatorView Coordinator { get; } = coordinator;

        public WorkerView[] Workers { get; } = workers;

        public int Count { get; set; }

        public int Open { get; set; }

        public int RunsAbove(int level) => Coordinator.Needs.Count(need => need > level);
    }
}
