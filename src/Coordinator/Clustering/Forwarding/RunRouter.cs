using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Clustering.Takeover;
using Maml.Cluster.Coordinator.Runs;

namespace Maml.Cluster.Coordinator.Clustering.Forwarding;

/// <summary>Finds who answers for a run.</summary>
internal sealed class RunRouter(IRunLedger ledger, ITakeOver takeOver, CoordinatorIdentity self, TimeProvider time)
{
    // How soon a call goes on after its run has found an owner.
    private static readonly TimeSpan AdriftInterval = TimeSpan.FromMilliseconds(250);

    // How soon a call that was passed on is taken back from an owner that does not answer any more.
    private static readonly TimeSpan OwnerInterval = TimeSpan.FromSeconds(1);

    // Twice what a take-over may take.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Finds it.</summary>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    /// <exception cref="IOException">The ledger cannot be reached, and the run is not under way here.</exception>
    public async Task<RunRoute> FindAsync(string runId, CancellationToken cancellationToken)
    {
        if (takeOver.IsHere(runId)) return new RunRoute.Here();
        LedgerEntry entry = await ledger.FindAsync(runId, cancellationToken)
            ?? throw new RunNotFoundException($"There is no run '{runId}' in this cluster. List its runs with `maml runs list`.");
        return Route(entry);
    }

    /// <summary>Finds it, and waits for a run that nobody has at the moment.</summary>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    /// <exception cref="RunAdriftException">Nobody has come to have it.</exception>
    /// <exception cref="IOException">The ledger cannot be reached, and the run is not under way here.</exception>
    public async Task<RunRoute> SettleAsync(string runId, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        while (true)
        {
            RunRoute route = await FindAsync(runId, cancellationToken);
            if (route is not RunRoute.Adrift) return route;
            if (time.GetElapsedTime(began) > Patience) throw new RunAdriftException(runId);
            await Task.Delay(AdriftInterval, time, cancellationToken);
        }
    }

    /// <summary>Returns when another than the given coordinator has come to have the run, or nobody has it any more. Never fails.</summary>
    public async Task LeftAsync(string runId, RunRoute.Elsewhere owner, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(OwnerInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (await FindAsync(runId, cancellationToken) != owner) return;
            }
            catch (Exception e) when (e is IOException or RunNotFoundException or OperationCanceledException)
            {
                // Nothing is known; as long as the owner answers there is no need to.
            }
        }
    }

    /// <summary>All runs that are kept.</summary>
    public async Task<IReadOnlyList<(LedgerEntry Entry, RunRoute Route)>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await ledger.ListAsync(cancellationToken)).Select(entry => (entry, takeOver.IsHere(entry.RunId) ? new RunRoute.Here() : Route(entry)))];

    private RunRoute Route(LedgerEntry entry) => entry switch
    {
        // An owner at this address is an earlier start of this very coordinator: nobody answers there but who asks.
        { IsOwned: true, Owner: { } owner } when owner.Id != self.Id && owner.Address != self.Address => new RunRoute.Elsewhere(owner, entry.Epoch),
        { IsUnfinished: true } => new RunRoute.Adrift(entry),
        _ => new RunRoute.AtRest(entry),
    };
}
