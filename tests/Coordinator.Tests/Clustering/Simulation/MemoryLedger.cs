using Maml.Cluster.Coordinator.Clustering.Ownership;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Simulation;

/// <summary>A ledger in memory: what PostgreSQL does, in a page. Safe for use by several threads.</summary>
internal sealed class MemoryLedger(TimeProvider time) : IRunLedger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Row> _rows = [];

    public Task<RunClaim?> CreateAsync(
        string runId, ReadOnlyMemory<byte> configuration, ReadOnlyMemory<byte> record, CoordinatorIdentity owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            bool isNew = _rows.TryAdd(runId, new Row(1, owner, Now + lease, IsUnfinished: true, record, configuration));
            return Task.FromResult<RunClaim?>(isNew ? new RunClaim(runId, 1, owner.Id) : null);
        }
    }

    public Task<LedgerEntry?> FindAsync(string runId, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_rows.TryGetValue(runId, out Row? row) ? Entry(runId, row) : null);
    }

    public Task<IReadOnlyList<LedgerEntry>> ListAsync(CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<LedgerEntry>>([.. _rows.Select(row => Entry(row.Key, row.Value))]);
    }

    public Task<IReadOnlyList<string>> ListAdriftAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<string>>(
                [.. _rows.Where(row => row.Value.IsUnfinished && (row.Value.Owner is null || row.Value.LeaseEnd <= Now - age)).Select(row => row.Key)]);
        }
    }

    public Task<IReadOnlyList<LedgerOwner>> ListOwnersAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<LedgerOwner>>(
                [.. _rows.Values.Where(row => row.IsUnfinished && row.Owner is not null && row.LeaseEnd > Now).GroupBy(row => row.Owner!)
                    .Select(rows => new LedgerOwner(rows.Key, rows.Count(), rows.Max(row => row.LeaseEnd) - Now))]);
        }
    }

    public Task<RunClaim?> ClaimAsync(string runId, long expectedEpoch, CoordinatorIdentity owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_rows.TryGetValue(runId, out Row? row) || row.Epoch != expectedEpoch || (row.Owner is not null && row.LeaseEnd > Now))
                return Task.FromResult<RunClaim?>(null);
            _rows[runId] = row with { Epoch = expectedEpoch + 1, Owner = owner, LeaseEnd = Now + lease };
            return Task.FromResult<RunClaim?>(new RunClaim(runId, expectedEpoch + 1, owner.Id));
        }
    }

    public Task<IReadOnlyCollection<RunClaim>> RenewAsync(IReadOnlyCollection<RunClaim> claims, TimeSpan lease, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            RunClaim[] renewed = [.. claims.Where(claim => _rows.TryGetValue(claim.RunId, out Row? row) && row.IsOf(claim))];
            foreach (RunClaim claim in renewed) _rows[claim.RunId] = _rows[claim.RunId] with { LeaseEnd = Now + lease };
            return Task.FromResult<IReadOnlyCollection<RunClaim>>(renewed);
        }
    }

    public Task ReleaseAsync(RunClaim claim, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_rows.TryGetValue(claim.RunId, out Row? row) && row.IsOf(claim)) _rows[claim.RunId] = row with { Owner = null };
            return Task.CompletedTask;
        }
    }

    public Task DeleteAsync(RunClaim claim, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_rows.TryGetValue(claim.RunId, out Row? row) && row.IsOf(claim)) _rows.Remove(claim.RunId);
            return Task.CompletedTask;
        }
    }

    /// <summary>Does something under a claim, or refuses it.</summary>
    public void Under(RunClaim claim, Action write)
    {
        lock (_gate)
        {
            if (!_rows.TryGetValue(claim.RunId, out Row? row) || !row.IsOf(claim)) throw new StaleEpochException(claim, row?.Epoch);
            write();
        }
    }

    /// <summary>Sets the record under a claim.</summary>
    public void SetRecord(RunClaim claim, ReadOnlyMemory<byte> record, bool isUnfinished) => Under(
        claim, () => _rows[claim.RunId] = _rows[claim.RunId] with { Record = record.ToArray(), IsUnfinished = isUnfinished });

    private TimeSpan Now => time.GetElapsedTime(0);

    private LedgerEntry Entry(string runId, Row row) => new(
        runId, row.Epoch, row.Owner, row.Owner is null ? TimeSpan.Zero : row.LeaseEnd - Now, row.IsUnfinished, row.Record, row.Configuration);

    private sealed record Row(
        long Epoch, CoordinatorIdentity? Owner, TimeSpan LeaseEnd, bool IsUnfinished, ReadOnlyMemory<byte> Record, ReadOnlyMemory<byte> Configuration)
    {
        public bool IsOf(RunClaim claim) => Epoch == claim.Epoch && Owner?.Id == claim.Owner;
    }
}
