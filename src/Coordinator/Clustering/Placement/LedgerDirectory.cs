using Maml.Cluster.Coordinator.Clustering.Ownership;

namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>Says where workers should go where the directory cannot: it asks the ledger who has runs.</summary>
internal sealed class LedgerDirectory(IRunLedger ledger, ClusteringOptions options, PlacementTimes times, TimeProvider time, ILogger<LedgerDirectory> logger)
{
    // One renewal may be late.
    private TimeSpan Freshness => options.Lease - (options.RenewInterval * 2);

    /// <summary>Whether the ledger knows of another coordinator with runs than a directory does. Never fails: no, where it does not answer.</summary>
    public async Task<bool> KnowsMoreAsync(CoordinatorReport report, PlacementDirections directory, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<LedgerOwner> owners = await ListOwnersAsync(cancellationToken) ?? [];
        return owners.Any(owner => owner.LeaseLeft >= Freshness && owner.Coordinator.Address != report.Address && !directory.Others.Contains(owner.Coordinator.Address));
    }

    /// <summary>Makes directions. Never fails: where the ledger does not answer either, everybody stays where they are.</summary>
    /// <param name="report">What this coordinator has and needs.</param>
    /// <param name="silence">For how long the directory has been silent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PlacementDirections> AskAsync(CoordinatorReport report, TimeSpan silence, CancellationToken cancellationToken) =>
        await ListOwnersAsync(cancellationToken) is { } owners
            ? LedgerDirections.Of(report, owners, Freshness, areAllTaken: silence >= options.Lease + times.TakeOverLimit, times.Arrivals)
            : PlacementDirections.None;

    private async Task<IReadOnlyCollection<LedgerOwner>?> ListOwnersAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(times.AnswerLimit, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await ledger.ListOwnersAsync(ended.Token);
        }
#pragma warning disable CA1031 // Whatever keeps the ledger from answering, workers can stay where they are: no run may suffer from it.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.NoOwners(e is OperationCanceledException ? $"no answer within {times.AnswerLimit.TotalSeconds:0.#} s" : e.Message);
            return null;
        }
    }
}
