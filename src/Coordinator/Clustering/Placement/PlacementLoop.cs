using System.Collections.Immutable;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Monitoring;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Coordinator.Workers;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>
/// Tells the directory every second what this coordinator has and needs, and does what it answers; or what the ledger leads to, where it does not
/// answer or knows nothing yet.
/// </summary>
internal sealed class PlacementLoop(
    IWorkerDirectory directory, LedgerDirectory ledger, CoordinatorIdentity identity, CoordinatorNeeds needs, WorkerRegistry workers, WorkerDoor door, CoordinatorProbes probes,
    PlacementTimes times, ClusterMetrics metrics, TimeProvider time, ILogger<PlacementLoop> logger) : BackgroundService
{
    private CoordinatorList _others = new();
    private bool _isAnswered = true;
    private long _answeredAt = time.GetTimestamp();

    // From when the directory was silent for too long until one has heard everybody.
    private bool _isByLedger;

    // Since when the directory has not known of somebody who has runs.
    private long? _unknownSince;
    private bool _isUnknownSaid;

    private bool IsLeaving => !probes.Readiness().IsGood;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(times.ReportInterval, time);
        do
        {
            await ReportAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ReportAsync(CancellationToken cancellationToken)
    {
        CoordinatorReport report = CreateReport();
        PlacementDirections? answer = await AskAsync(report, cancellationToken);

        // One that only could not be asked this time, since its coordinator ended in order, will be where it can in a moment.
        TimeSpan silence = time.GetElapsedTime(_answeredAt);
        if (silence >= times.AnswerLimit) _isByLedger = true;
        if (answer is { IsSettled: true }) _isByLedger = false;
        if (answer is not null && await LacksAnOwnerAsync(report, answer, cancellationToken)) (_isByLedger, silence) = (true, TimeSpan.MaxValue);
        if (!_isByLedger)
        {
            Follow(answer ?? PlacementDirections.None);
            return;
        }

        PlacementDirections directions = await ledger.AskAsync(report, silence, cancellationToken);
        Follow(answer is null ? directions : answer with { Moves = directions.Moves, Arrivals = directions.Arrivals });
    }

    // Orleans may have two directories, each of which knows some of the coordinators. One that has runs has no need to look for others.
    private async Task<bool> LacksAnOwnerAsync(CoordinatorReport report, PlacementDirections answer, CancellationToken cancellationToken)
    {
        if (report.Needs.Length > 0 || !await ledger.KnowsMoreAsync(report, answer, cancellationToken))
        {
            (_unknownSince, _isUnknownSaid) = (null, false);
            return false;
        }

        _unknownSince ??= time.GetTimestamp();
        if (time.GetElapsedTime(_unknownSince.Value) < times.UnknownLimit) return false;
        if (!_isUnknownSaid) logger.UnknownOwner(times.UnknownLimit.TotalSeconds);
        return _isUnknownSaid = true;
    }

    private async Task<PlacementDirections?> AskAsync(CoordinatorReport report, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(times.AnswerLimit);
        try
        {
            PlacementDirections answer = await directory.ReportAsync(report, late.Token).WaitAsync(late.Token);
            if (!_isAnswered) logger.DirectionsAgain();
            (_isAnswered, _answeredAt) = (true, time.GetTimestamp());
            return answer;
        }
#pragma warning disable CA1031 // Whatever keeps the directory from answering, workers can stay where they are: no run may suffer from it.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (_isAnswered) logger.NoDirections(e is OperationCanceledException ? $"no answer within {times.AnswerLimit.TotalSeconds:0.#} s" : e.Message);
            _isAnswered = false;
            return null;
        }
    }

    private CoordinatorReport CreateReport()
    {
        bool isLeaving = IsLeaving;
        ImmutableArray<AttachedWorker> attached = [.. workers.List().Where(worker => worker.MovingTo is not null || !worker.IsLeaving)
            .Select(worker => new AttachedWorker(worker.Instance, worker.MovingTo))];
        return new CoordinatorReport(identity.Id, identity.Address, isLeaving, attached, isLeaving ? [] : needs.List());
    }

    private void Follow(PlacementDirections directions)
    {
        bool isLeaving = IsLeaving;

        // Who owns runs is not all there is.
        if (_isAnswered) metrics.Count(directions.Others.Length + (isLeaving ? 0 : 1), directions.Leaving + (isLeaving ? 1 : 0));
        else metrics.Count(serving: 0, leaving: 0);
        door.Follow(directions);
        string[] others = [.. directions.Others.Select(address => address.OriginalString)];
        if (_isAnswered && !others.SequenceEqual(_others.Addresses)) _others = new CoordinatorList { Addresses = { others } };
        foreach (WorkerConnection worker in workers.List())
        {
            Announce(worker);
            if (directions.Moves.FirstOrDefault(move => move.Instance == worker.Instance) is { } found && worker is { MovingTo: null, IsLeaving: false }) Move(worker, found);
        }
    }

    private void Announce(WorkerConnection worker)
    {
        if (ReferenceEquals(worker.Told, _others) || (worker.Told is null && _others.Addresses.Count == 0)) return;
        worker.Told = _others;
        worker.Enqueue(new OutgoingItem.Message(new CoordinatorMessage { Coordinators = _others }));
    }

    private void Move(WorkerConnection worker, DirectedMove move)
    {
        worker.MovingTo = move.Coordinator;
        logger.Moves(worker.Name, move.Address);
        metrics.Redirected(RedirectPoint.Attached);
        var redirect = new Redirect { Address = move.Address.OriginalString, Reason = "its runs need the worker more" };
        worker.Enqueue(new OutgoingItem.Message(new CoordinatorMessage { Redirect = redirect }));
    }
}
