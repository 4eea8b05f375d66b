using System.Collections.Immutable;

namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>
/// Which worker is where, and who needs how many: reports in, directions out, with the time as an argument. It keeps nothing that the next
/// reports would not bring again, so it may begin anew anywhere at any time; until it has heard everybody it moves nobody.
/// </summary>
internal sealed class WorkerDirectory(PlacementTimes times)
{
    private readonly Dictionary<string, KnownCoordinator> _coordinators = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WorkerPlace> _places = new(StringComparer.Ordinal);
    private TimeSpan? _began;

    /// <summary>Takes in a coordinator's report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="now">The time.</param>
    /// <returns>What that coordinator is to do.</returns>
    public PlacementDirections Report(CoordinatorReport report, TimeSpan now)
    {
        _began ??= now;
        Forget(now);
        Learn(report, now);
        string me = report.Coordinator;
        ImmutableArray<Uri> others = [.. Others(me)];
        int leaving = _coordinators.Values.Count(known => known.Report.IsLeaving && known.Report.Coordinator != me);
        bool isSettled = now - _began >= times.SettleTime;
        if (!isSettled || _coordinators.Count == 1) return new PlacementDirections([], [], others, leaving, isSettled);

        CoordinatorView[] coordinators = [.. _coordinators.Values.Select(coordinator => View(coordinator, now))];
        foreach (WorkerMove move in Balancer.Balance(coordinators, View(), times.Turn, now)) _places[move.Instance] = _places[move.Instance].Send(move.To, now);
        return new PlacementDirections(
            [.. MovesOf(report)],
            [.. Balancer.Place(coordinators, View(), times.Arrivals, times.Turn, now).Select(place => _coordinators[place].Report.Address)],
            others,
            leaving);
    }

    private void Forget(TimeSpan now)
    {
        foreach (string silent in _coordinators.Values.Where(known => now - known.Heard > times.SilenceLimit).Select(known => known.Report.Coordinator).ToArray())
            _coordinators.Remove(silent);
        foreach ((string instance, WorkerPlace place) in _places.ToArray())
        {
            bool hasTarget = place.MovingTo is { } target && _coordinators.ContainsKey(target);
            bool isHere = place.LeftAt is null && _coordinators.ContainsKey(place.Coordinator);
            bool isOnItsWay = !isHere && hasTarget && now - (place.LeftAt ?? place.Since) <= times.FlightLimit;
            if (!isHere && !isOnItsWay) _places.Remove(instance);
            else if (!hasTarget) _places[instance] = place with { MovingTo = null };
        }
    }

    private void Learn(CoordinatorReport report, TimeSpan now)
    {
        string me = report.Coordinator;
        _coordinators[me] = new KnownCoordinator(report, now, _coordinators.GetValueOrDefault(me)?.StarvedSince);
        foreach (AttachedWorker worker in report.Workers)
        {
            WorkerPlace place = _places.TryGetValue(worker.Instance, out WorkerPlace? known) && known.Coordinator == me && known.LeftAt is null
                ? known
                : new WorkerPlace(me, now);

            // One that was told by an earlier directory is on its way in this one too.
            bool isTold = place.MovingTo is null && worker.MovingTo is { } target && _coordinators.ContainsKey(target);
            _places[worker.Instance] = isTold ? place.Send(worker.MovingTo!, now) : place;
        }

        HashSet<string> reported = [.. report.Workers.Select(worker => worker.Instance)];
        foreach ((string instance, WorkerPlace place) in _places.Where(pair => pair.Value.Coordinator == me && !reported.Contains(pair.Key)).ToArray())
        {
            if (place.MovingTo is null) _places.Remove(instance);
            else if (place.LeftAt is null) _places[instance] = place with { LeftAt = now };
        }
    }

    private CoordinatorView View(KnownCoordinator coordinator, TimeSpan now)
    {
        CoordinatorReport report = coordinator.Report;
        bool isStarved = report is { IsLeaving: false, Needs.Length: > 0 } && !_places.Values.Any(place => place.CountsFor == report.Coordinator);
        coordinator.StarvedSince = isStarved ? coordinator.StarvedSince ?? now : null;
        return new CoordinatorView(report.Coordinator, report.IsLeaving, report.Needs, coordinator.StarvedSince);
    }

    private WorkerView[] View() =>
        [.. _places.Select(pair => new WorkerView(pair.Key, pair.Value.CountsFor, pair.Value.Since, pair.Value.MovingTo is not null))];

    private IEnumerable<DirectedMove> MovesOf(CoordinatorReport report)
    {
        foreach (AttachedWorker worker in report.Workers.Where(worker => worker.MovingTo is null))
            if (_places[worker.Instance].MovingTo is { } target) yield return new DirectedMove(worker.Instance, target, _coordinators[target].Report.Address);
    }

    private IEnumerable<Uri> Others(string me) => _coordinators.Values
        .Where(known => known.Report.Coordinator != me && !known.Report.IsLeaving)
        .OrderBy(known => known.Report.Coordinator, StringComparer.Ordinal)
        .Select(known => known.Report.Address);

    private sealed class KnownCoordinator(CoordinatorReport report, TimeSpan heard, TimeSpan? starvedSince)
    {
        public CoordinatorReport Report { get; } = report;

        public TimeSpan Heard { get; } = heard;

        public TimeSpan? StarvedSince { get; set; } = starvedSince;
    }
}
