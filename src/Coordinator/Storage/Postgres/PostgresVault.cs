using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Clustering.Vaults;
using Maml.Cluster.Coordinator.Records;
using Npgsql;

namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>
/// The vault in PostgreSQL. What is torn off half-way (a killed coordinator, a killed server, a cut connection) has not happened: each
/// <c>Keep…</c> is one statement or one transaction.
/// </summary>
/// <param name="database">Where.</param>
/// <param name="cluster">Whose runs.</param>
/// <param name="logger">Told of checkpoints that are passed over.</param>
internal sealed class PostgresVault(Database database, string cluster, ILogger<PostgresVault> logger) : IRunVault
{
    /// <inheritdoc/>
    public void KeepRecord(RunClaim claim, ReadOnlyMemory<byte> record, bool isUnfinished) => Update(
        claim, "record = @content, is_unfinished = @unfinished", ("content", record), ("unfinished", isUnfinished));

    /// <inheritdoc/>
    public void KeepSummary(RunClaim claim, ReadOnlyMemory<byte> summary) => Update(claim, "summary = @content", ("content", summary));

    /// <inheritdoc/>
    public void KeepRows(RunClaim claim, string table, long offset, ReadOnlyMemory<byte> rows) => database.Do(connection =>
    {
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        var pieces = new StoredTable(connection, RunFence.Pass(connection, cluster, claim), table);
        pieces.CutTo(offset);
        pieces.Append(offset, rows);
        transaction.Commit();
        return true;
    });

    /// <inheritdoc/>
    public void KeepCheckpoints(RunClaim claim, string directory, CheckpointManifest manifest) => database.Do(connection =>
    {
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        var stored = new StoredCheckpoints(connection, RunFence.Peek(connection, cluster, claim));
        Dictionary<string, long> kept = stored.Find(manifest.Checkpoints);
        var sent = new List<(long Key, CheckpointEntry Entry)>();
        foreach (CheckpointEntry entry in manifest.Checkpoints.Where(entry => !kept.ContainsKey(entry.File)))
        {
            if (CheckpointFault.Of(directory, entry) is not { } fault) sent.Add((stored.SendPieces(Path.Combine(directory, entry.File)), entry));
            else if (entry == manifest.Checkpoints[^1]) throw new IOException(fault);
            else logger.PassedOver(fault);
        }

        // Nothing is locked until here, however long the sending took.
        RunFence.Pass(connection, cluster, claim);
        stored.DeleteAllBut(kept.Values);
        foreach ((long key, CheckpointEntry entry) in sent) stored.Add(key, entry, claim.Epoch);
        stored.Score(manifest.Checkpoints.Where(entry => kept.ContainsKey(entry.File)), manifest.HigherIsBetter);
        transaction.Commit();
        return true;
    });

    /// <inheritdoc/>
    public Task<bool> MaterialiseAsync(string runId, RunFolder folder, CancellationToken cancellationToken) => database.DoAsync(
        async connection =>
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
            if (await StoredRun.ReadAsync(connection, cluster, runId, cancellationToken) is not { } run) return false;
            Directory.CreateDirectory(folder.Path);
            await StoredTable.WriteAllAsync(connection, run.Key, folder, cancellationToken);
            await StoredCheckpoints.WriteAllAsync(connection, run, folder.Checkpoints, cancellationToken);
            await run.WriteAsync(folder, cancellationToken);
            return true;
        },
        cancellationToken);

    private void Update(RunClaim claim, string change, params (string Name, object? Value)[] values) => database.Do(connection =>
    {
        using NpgsqlCommand command = connection.Command(
            $"UPDATE maml_runs SET {change} WHERE {RunFence.Condition}", [.. RunFence.Parameters(cluster, claim), .. values]);
        return command.ExecuteNonQuery() == 1 ? true : throw RunFence.Stale(connection, cluster, claim);
    });
}
