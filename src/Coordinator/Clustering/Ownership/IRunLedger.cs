namespace Maml.Cluster.Coordinator.Clustering.Ownership;

/// <summary>
/// Who owns which run, for all coordinators of a cluster. Every change is one atomic step that compares epoch and owner first, and leases are
/// measured by the ledger's own clock alone: a lease that it grants or renews ends no sooner than <c>lease</c> after it was asked
/// for. Methods throw an <see cref="IOException"/> while the ledger cannot be reached; what was asked for may then have happened or not.
/// </summary>
internal interface IRunLedger
{
    /// <summary>Enters a new run, as taken by its owner.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="configuration">Its configuration, as <c>config.yaml</c> has it.</param>
    /// <param name="record">Its record, as <c>run.json</c> has it.</param>
    /// <param name="owner">Who works on it.</param>
    /// <param name="lease">For how long.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The claim, of epoch 1; null where the identifier is taken.</returns>
    Task<RunClaim?> CreateAsync(
        string runId, ReadOnlyMemory<byte> configuration, ReadOnlyMemory<byte> record, CoordinatorIdentity owner, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>A run; null where there is none.</summary>
    Task<LedgerEntry?> FindAsync(string runId, CancellationToken cancellationToken);

    /// <summary>All runs, in no order.</summary>
    Task<IReadOnlyList<LedgerEntry>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Unfinished runs that nobody has: those that were let go, and those whose lease has ended some time ago.</summary>
    /// <param name="age">How long ago at least.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<IReadOnlyList<string>> ListAdriftAsync(TimeSpan age, CancellationToken cancellationToken);

    /// <summary>Who has unfinished runs, under a lease with time left. In no order.</summary>
    Task<IReadOnlyList<LedgerOwner>> ListOwnersAsync(CancellationToken cancellationToken);

    /// <summary>Takes a run, finished or not.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="expectedEpoch">Its epoch as last read.</param>
    /// <param name="owner">Who takes it.</param>
    /// <param name="lease">For how long.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The claim, one epoch above the expected one; null where the run has another epoch by now, or somebody's lease has time left.</returns>
    Task<RunClaim?> ClaimAsync(string runId, long expectedEpoch, CoordinatorIdentity owner, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Renews leases: each whose epoch and owner are still the claim's, expired or not.</summary>
    /// <returns>The claims that were renewed; the others have been taken or let go.</returns>
    Task<IReadOnlyCollection<RunClaim>> RenewAsync(IReadOnlyCollection<RunClaim> claims, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Lets a run go, for anybody to take at once. A claim that is no longer good changes nothing.</summary>
    Task ReleaseAsync(RunClaim claim, CancellationToken cancellationToken);

    /// <summary>Removes a run, which did not come to life, with all that is kept of it. A claim that is no longer good changes nothing.</summary>
    Task DeleteAsync(RunClaim claim, CancellationToken cancellationToken);
}
