using System.Diagnostics;
using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Coordinator.Tests.Checkpoints;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Tests.Postgres;
using Npgsql;

namespace Maml.Cluster.Coordinator.Tests.Storage.Postgres;

/// <summary>
/// A coordinator may be halted between any two messages to the database (SIGSTOP, a paused machine), with a transaction open. Others must be
/// able to take its run, and what it does when it goes on must change nothing.
/// </summary>
[Collection(nameof(PostgresCollection))]
public sealed class HaltedWriterTests(PostgresFixture fixture) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PostgresFact]
    public async Task HaltedAfterItsPieces_OthersTakeTheRunAtOnceAndKeepTheSameCheckpoint()
    {
        await using Database database = await fixture.CreateWithTablesAsync();
        RunClaim claim = await Databases.CreateRunAsync(database);
        string path = Save(1);
        CheckpointManifest manifest = CheckpointManifest.Read(_folder.Path, _ => { })!;
        database.Do(connection =>
        {
            using NpgsqlTransaction transaction = connection.BeginTransaction();
            long run = RunFence.Peek(connection, Databases.Cluster, claim);
            new StoredCheckpoints(connection, run).SendPieces(path);

            long began = Stopwatch.GetTimestamp();
            RunClaim next = Databases.TakeOverAsync(database, claim).GetAwaiter().GetResult();
            Databases.VaultOf(database).KeepCheckpoints(next, _folder.Path, manifest);
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(2));
            Should.Throw<StaleEpochException>(() => RunFence.Pass(connection, Databases.Cluster, claim));
            return true;
        });
        database.Ask<long>("SELECT count(DISTINCT checkpoint_key) FROM maml_checkpoint_pieces").ShouldBe(1);
        database.Ask<long>("SELECT epoch FROM maml_checkpoints").ShouldBe(2);
    }

    [PostgresFact]
    public async Task HaltedAfterTheFence_OthersTakeTheRunWithinSecondsAndItsWriteIsGone()
    {
        await using Database database = await fixture.CreateWithTablesAsync();
        RunClaim claim = await Databases.CreateRunAsync(database, lease: TimeSpan.FromMilliseconds(1));
        Should.Throw<DatabaseException>(() => database.Do(connection =>
        {
            using NpgsqlTransaction transaction = connection.BeginTransaction();
            var table = new StoredTable(connection, RunFence.Pass(connection, Databases.Cluster, claim), "metrics.csv");
            table.Append(0, "late\n"u8.ToArray());

            long began = Stopwatch.GetTimestamp();
            Should.NotThrow(() => Databases.LedgerOf(database).ClaimAsync("run", claim.Epoch, Databases.Second, TimeSpan.FromMinutes(1), CancellationToken.None))
                .ShouldNotBeNull();
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(6));
            transaction.Commit();
            return true;
        }));
        database.Ask<long>("SELECT count(*) FROM maml_table_pieces").ShouldBe(0);
    }

    private string Save(long iteration) => SmallCheckpoints.Open(_folder.Path).Save(SmallCheckpoints.Create(iteration));
}
