using System.Collections.Concurrent;
using Maml.Cluster.Coordinator.Telemetry;

namespace Maml.Cluster.Coordinator.Clustering.Ownership;

/// <summary>The claims of this coordinator: takes them, renews them, lets them go. Safe for use by several threads.</summary>
internal sealed class RunClaims(IRunLedger ledger, CoordinatorIdentity self, ClusteringOptions options, ClusterMetrics metrics, TimeProvider time,
    ILogger<RunClaims> logger)
{
    // Letting go spares others the wait for the end of the lease; it is not worth waiting for long.
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, HeldClaim> _held = new(StringComparer.Ordinal);

    // Within it the answer to a claim or a renewal is of use.
    private TimeSpan Validity => options.Lease - options.HaltMargin;

    /// <summary>Claims that are held now.</summary>
    public IReadOnlyCollection<RunClaim> Held => [.. _held.Values.Where(held => !held.IsLost).Select(held => held.Claim)];

    /// <summary>Enters a new run; null where its identifier is taken.</summary>
    /// <inheritdoc cref="IRunLedger.CreateAsync"/>
    public async Task<HeldClaim?> EnterAsync(
        string runId, ReadOnlyMemory<byte> configuration, ReadOnlyMemory<byte> record, CancellationToken cancellationToken)
    {
        long askedAt = time.GetTimestamp();
        return Hold(await ledger.CreateAsync(runId, configuration, record, self, options.Lease, cancellationToken), askedAt);
    }

    /// <summary>Takes a run; null when somebody has it, or was quicker.</summary>
    /// <param name="seen">The run as the ledger has it.</param>
    /// <param name="cancellationToken">Gives up; the run may then be taken until the lease ends.</param>
    public async Task<HeldClaim?> TakeAsync(LedgerEntry seen, CancellationToken cancellationToken)
    {
        if (seen.IsOwned) return null;
        long askedAt = time.GetTimestamp();
        return Hold(await ledger.ClaimAsync(seen.RunId, seen.Epoch, self, options.Lease, cancellationToken), askedAt);
    }

    /// <summary>Renews all leases, and loses those that the ledger has given to others.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        HeldClaim[] asked = [.. _held.Values.Where(held => !held.IsLost)];
        if (asked.Length == 0) return;
        long askedAt = time.GetTimestamp();

        // Half of what is left of a lease when it is due to be renewed, so that a question that hangs leaves as much time for another.
        using var limit = new CancellationTokenSource((Validity - options.RenewInterval) / 2, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            HashSet<RunClaim> renewed = [.. await ledger.RenewAsync([.. asked.Select(held => held.Claim)], options.Lease, ended.Token)];
            foreach (HeldClaim held in asked)
            {
                if (renewed.Contains(held.Claim)) held.Renew(askedAt);
                else LoseToAnother(held);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            logger.NotRenewed(asked.Length, e is IOException ? e.Message : "the database does not answer.");
        }
    }

    /// <summary>Notes that a write was refused, since another has the run.</summary>
    public void Refuse(HeldClaim held)
    {
        metrics.RefusedEpoch(EpochRefusal.Vault);
        held.Lose();
    }

    /// <summary>Lets a run go, for anybody to take. Never fails.</summary>
    public Task ReleaseAsync(HeldClaim held) => LetGoAsync(held, ledger.ReleaseAsync);

    /// <summary>Lets a run go that did not come to life, and has the ledger forget it. Never fails.</summary>
    public Task DeleteAsync(HeldClaim held) => LetGoAsync(held, ledger.DeleteAsync);

    private async Task LetGoAsync(HeldClaim held, Func<RunClaim, CancellationToken, Task> tell)
    {
        _held.TryRemove(new KeyValuePair<string, HeldClaim>(held.Claim.RunId, held));
        held.Lose();
        held.Dispose();
        using var limit = new CancellationTokenSource(ReleaseLimit, time);
        try
        {
            await tell(held.Claim, limit.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            logger.NotReleased(held.Claim.RunId, e.Message);
        }
    }

    private HeldClaim? Hold(RunClaim? granted, long askedAt)
    {
        if (granted is not { } claim) return null;
        var held = new HeldClaim(claim, Validity, askedAt, time);
        HeldClaim? earlier = null;
        _held.AddOrUpdate(claim.RunId, held, (_, known) =>
        {
            earlier = known;
            return held;
        });
        earlier?.Lose();
        held.WhenLost(() => logger.Lost(claim.RunId, claim.Epoch));
        return held;
    }

    private void LoseToAnother(HeldClaim held)
    {
        if (held.IsLost) return;
        metrics.RefusedEpoch(EpochRefusal.Ledger);
        logger.Overtaken(held.Claim.RunId, held.Claim.Epoch);
        held.Lose();
    }
}
