using Maml.Cluster.Coordinator.Clustering.Ownership;
using Npgsql;

namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>
/// The ledger as rows of <c>maml_runs</c>, each change one statement. Leases are measured by <c>clock_timestamp()</c>, which is read after a
/// row's lock is had, and not at the beginning of the statement.
/// </summary>
/// <param name="database">Where.</param>
/// <param name="cluster">Whose runs.</param>
internal sealed class PostgresLedger(Database database, string cluster) : IRunLedger
{
    private const string Entry = """
        SELECT run_id, epoch, owner_id, owner_address, lease_until - clock_timestamp(), is_unfinished, record, configuration
        FROM maml_runs WHERE cluster = @cluster
        """;

    /// <inheritdoc/>
    public Task<RunClaim?> CreateAsync(
        string runId, ReadOnlyMemory<byte> configuration, ReadOnlyMemory<byte> record, CoordinatorIdentity owner, TimeSpan lease, CancellationToken cancellationToken) =>
        ClaimAsync(
            """
            INSERT INTO maml_runs (cluster, run_id, epoch, owner_id, owner_address, lease_until, configuration, record)
            VALUES (@cluster, @run, 1, @owner, @address, clock_timestamp() + @lease, @configuration, @record)
            ON CONFLICT DO NOTHING RETURNING epoch
            """,
            runId, owner, lease, cancellationToken, ("configuration", configuration), ("record", record));

    /// <inheritdoc/>
    public Task<LedgerEntry?> FindAsync(string runId, CancellationToken cancellationToken) => database.DoAsync<LedgerEntry?>(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command($"{Entry} AND run_id = @run", ("cluster", cluster), ("run", runId));
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerEntry>> ListAsync(CancellationToken cancellationToken) => database.DoAsync<IReadOnlyList<LedgerEntry>>(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(Entry, ("cluster", cluster));
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            var entries = new List<LedgerEntry>();
            while (await reader.ReadAsync(cancellationToken)) entries.Add(Read(reader));
            return entries;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAdriftAsync(TimeSpan age, CancellationToken cancellationToken) => database.DoAsync<IReadOnlyList<string>>(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(
                """
                SELECT run_id FROM maml_runs
                WHERE cluster = @cluster AND is_unfinished AND (owner_id IS NULL OR lease_until <= clock_timestamp() - @age) ORDER BY run_key
                """,
                ("cluster", cluster), ("age", age));
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            var runs = new List<string>();
            while (await reader.ReadAsync(cancellationToken)) runs.Add(reader.GetString(0));
            return runs;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerOwner>> ListOwnersAsync(CancellationToken cancellationToken) => database.DoAsync<IReadOnlyList<LedgerOwner>>(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(
                """
                SELECT owner_id, owner_address, count(*), max(lease_until) - clock_timestamp() FROM maml_runs
                WHERE cluster = @cluster AND is_unfinished AND lease_until > clock_timestamp() GROUP BY owner_id, owner_address
                """,
                ("cluster", cluster));
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            var owners = new List<LedgerOwner>();
            while (await reader.ReadAsync(cancellationToken))
            {
                var owner = new CoordinatorIdentity(reader.GetString(0), new Uri(reader.GetString(1)));
                owners.Add(new LedgerOwner(owner, (int)reader.GetInt64(2), reader.GetTimeSpan(3)));
            }

            return owners;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<RunClaim?> ClaimAsync(string runId, long expectedEpoch, CoordinatorIdentity owner, TimeSpan lease, CancellationToken cancellationToken) =>
        ClaimAsync(
            """
            UPDATE maml_runs SET epoch = epoch + 1, owner_id = @owner, owner_address = @address, lease_until = clock_timestamp() + @lease
            WHERE cluster = @cluster AND run_id = @run AND epoch = @expected AND (owner_id IS NULL OR lease_until <= clock_timestamp())
            RETURNING epoch
            """,
            runId, owner, lease, cancellationToken, ("expected", expectedEpoch));

    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<RunClaim>> RenewAsync(IReadOnlyCollection<RunClaim> claims, TimeSpan lease, CancellationToken cancellationToken)
    {
        if (claims.Count == 0) return [];
        return await database.DoAsync(
            async connection =>
            {
                await using NpgsqlCommand command = connection.Command(
                    """
                    UPDATE maml_runs AS run SET lease_until = clock_timestamp() + @lease
                    FROM unnest(@runs, @epochs, @owners) AS claim (run_id, epoch, owner_id)
                    WHERE run.cluster = @cluster AND run.run_id = claim.run_id AND run.epoch = claim.epoch AND run.owner_id = claim.owner_id
                    RETURNING run.run_id, run.epoch, run.owner_id
                    """,
                    ("cluster", cluster),
                    ("lease", lease),
                    ("runs", claims.Select(claim => claim.RunId).ToArray()),
                    ("epochs", claims.Select(claim => claim.Epoch).ToArray()),
                    ("owners", claims.Select(claim => claim.Owner).ToArray()));
                await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
                var renewed = new List<RunClaim>(claims.Count);
                while (await reader.ReadAsync(cancellationToken)) renewed.Add(new RunClaim(reader.GetString(0), reader.GetInt64(1), reader.GetString(2)));
                return renewed;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(RunClaim claim, CancellationToken cancellationToken) =>
        EndAsync("UPDATE maml_runs SET owner_id = NULL, owner_address = NULL, lease_until = NULL", claim, cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(RunClaim claim, CancellationToken cancellationToken) => EndAsync("DELETE FROM maml_runs", claim, cancellationToken);

    private static LedgerEntry Read(NpgsqlDataReader reader)
    {
        CoordinatorIdentity? owner = reader.IsDBNull(2) ? null : new CoordinatorIdentity(reader.GetString(2), new Uri(reader.GetString(3)));
        TimeSpan left = reader.IsDBNull(4) ? TimeSpan.Zero : reader.GetTimeSpan(4);
        return new LedgerEntry(
            reader.GetString(0),
            reader.GetInt64(1),
            owner,
            left,
            reader.GetBoolean(5),
            reader.GetFieldValue<byte[]>(6),
            reader.GetFieldValue<byte[]>(7));
    }

    private Task<int> EndAsync(string change, RunClaim claim, CancellationToken cancellationToken) => database.DoAsync(
        async connection =>
        {
            await using NpgsqlCommand command = connection.Command(
                $"{change} WHERE {RunFence.Condition}", RunFence.Parameters(cluster, claim));
            return await command.ExecuteNonQueryAsync(cancellationToken);
        },
        cancellationToken);

    private Task<RunClaim?> ClaimAsync(
        string text, string runId, CoordinatorIdentity owner, TimeSpan lease, CancellationToken cancellationToken, params (string Name, object? Value)[] others) =>
        database.DoAsync<RunClaim?>(
            async connection =>
            {
                await using NpgsqlCommand command = connection.Command(
                    text,
                    [("cluster", cluster), ("run", runId), ("owner", owner.Id), ("address", owner.Address.AbsoluteUri), ("lease", lease), .. others]);
                return await command.ExecuteScalarAsync(cancellationToken) is long epoch ? new RunClaim(runId, epoch, owner.Id) : null;
            },
            cancellationToken);
}
