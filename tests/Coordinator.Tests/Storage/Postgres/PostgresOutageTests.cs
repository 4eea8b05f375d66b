using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Coordinator.Tests.Checkpoints;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Tests.Postgres;
using Npgsql;

namespace Maml.Cluster.Coordinator.Tests.Storage.Postgres;

/// <summary>A server that is killed, stopped or hangs.</summary>
public sealed class PostgresOutageTests : IDisposable
{
    private const int Kills = 5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PostgresFact]
    public async Task KeepCheckpoints_ServerKilledInTheMiddle_WhatWasToldIsThereAndNothingIsHalf()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        await using PostgresServer server = await PostgresServer.StartAsync();
        await using Database database = await CreateAsync(server);
        RunClaim claim = await Databases.CreateRunAsync(database);
        string local = _folder.File("local");
        CheckpointStore store = SmallCheckpoints.Open(local, keep: 2);
        int inTheMiddle = 0;
        for (int kill = 1; kill <= Kills; kill++)
        {
            string context = $"seed {seed}, kill {kill}";
            long told = 0;
            Task writing = Task.Run(() =>
            {
                // Some 3 MB each, a few milliseconds on the way.
                for (long iteration = (store.Newest?.Iteration ?? 0) + 1; ; iteration++)
                {
                    store.Save(SmallCheckpoints.Create(iteration, [512, 512]));
                    Databases.VaultOf(database).KeepCheckpoints(claim, local, CheckpointManifest.Read(local, _ => { })!);
                    Interlocked.Exchange(ref told, iteration);
                }
            });
            SpinWait.SpinUntil(() => Interlocked.Read(ref told) > 0 || writing.IsCompleted, TimeSpan.FromSeconds(30)).ShouldBeTrue(context);
            await Task.Delay(random.Next(100));
            server.Kill();
            await Should.ThrowAsync<DatabaseException>(() => writing, context);
            await server.StartAgainAsync();

            RunFolder copy = RunFolder.Open(_folder.File($"copy-{kill}"));
            (await Databases.VaultOf(database).MaterialiseAsync("run", copy, CancellationToken.None)).ShouldBeTrue(context);
            long found = CheckpointStore.ReadNewest(copy.Checkpoints, fault => throw new InvalidOperationException($"{context}: {fault}"))!.Iteration;
            found.ShouldBeInRange(told, store.Newest!.Iteration, context);
            database.Ask<long>("SELECT count(*) FROM maml_checkpoint_pieces WHERE checkpoint_key NOT IN (SELECT checkpoint_key FROM maml_checkpoints)").ShouldBe(0, context);
            if (found < store.Newest.Iteration) inTheMiddle++;

            // What had not arrived is sent as if nothing had been.
            Databases.VaultOf(database).KeepCheckpoints(claim, local, CheckpointManifest.Read(local, _ => { })!);
            database.Ask<long>("SELECT max(iteration) FROM maml_checkpoints").ShouldBe(store.Newest.Iteration, context);
        }

        inTheMiddle.ShouldBeGreaterThan(0, $"seed {seed}: no kill has hit a write");
    }

    [PostgresFact]
    public async Task Keep_ServerAwayForAWhile_FailsAtOnceAndGoesOnAtOnceAfterwards()
    {
        await using PostgresServer server = await PostgresServer.StartAsync();
        await using Database database = await CreateAsync(server);
        RunClaim claim = await Databases.CreateRunAsync(database);
        PostgresVault vault = Databases.VaultOf(database);

        // Several idle connections, all of which the outage breaks.
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => database.DoAsync(
            async connection =>
            {
                await using NpgsqlCommand sleep = connection.Command("SELECT pg_sleep(0.1)");
                return await sleep.ExecuteScalarAsync();
            },
            CancellationToken.None)));
        await server.StopAsync();
        for (int attempt = 0; attempt < 3; attempt++)
        {
            long began = Stopwatch.GetTimestamp();
            Should.Throw<DatabaseException>(() => vault.KeepRecord(claim, "1"u8.ToArray(), isUnfinished: true));
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(3));
        }

        await server.StartAgainAsync();
        vault.KeepRecord(claim, "2"u8.ToArray(), isUnfinished: true);
        (await Databases.LedgerOf(database).FindAsync("run", CancellationToken.None))!.Record.ToArray().ShouldBe("2"u8.ToArray());

        // A restart that nobody noticed costs one attempt, however many connections were idle.
        await server.StopAsync();
        await server.StartAgainAsync();
        Should.Throw<DatabaseException>(() => vault.KeepRecord(claim, "3"u8.ToArray(), isUnfinished: true));
        vault.KeepRecord(claim, "3"u8.ToArray(), isUnfinished: true);
    }

    [PostgresFact]
    public async Task Keep_ServerHangs_GivesUpInTimeAndGoesOnAfterwards()
    {
        await using PostgresServer server = await PostgresServer.StartAsync();
        await using Database database = await CreateAsync(server, "Command Timeout=1;Cancellation Timeout=500;Timeout=1");
        RunClaim claim = await Databases.CreateRunAsync(database);
        PostgresVault vault = Databases.VaultOf(database);
        server.Suspend();
        for (int attempt = 0; attempt < 2; attempt++)
        {
            long began = Stopwatch.GetTimestamp();

            // On a thread of its own: one that waits for ever is to fail the test, and not to hang it.
            await Task.Run(() => Should.Throw<DatabaseException>(() => vault.KeepRecord(claim, "1"u8.ToArray(), isUnfinished: true))).WaitAsync(TimeSpan.FromSeconds(30));
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        }

        server.Continue();
        vault.KeepRecord(claim, "2"u8.ToArray(), isUnfinished: true);
        (await Databases.LedgerOf(database).FindAsync("run", CancellationToken.None))!.Record.ToArray().ShouldBe("2"u8.ToArray());
    }

    [Fact]
    public async Task Do_ServerTakesConnectionsAndNeverAnswers_GivesUpInTime()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start(backlog: 1000);
        int port = ((IPEndPoint)silent.LocalEndpoint).Port;
        await using Database database = Database.Open($"Host=127.0.0.1;Port={port};Username=maml;Database=maml;Timeout=1;Maximum Pool Size=100");

        // Many, since it takes a moment of less than a millisecond to be waited for without end.
        for (int round = 0; round < 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Factory.StartNew(
                () => Should.Throw<DatabaseException>(() => database.Do(connection => connection.State)),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))).WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    private static async Task<Database> CreateAsync(PostgresServer server, string settings = "")
    {
        Database database = Database.Open($"{await server.CreateDatabaseAsync()};{settings}");
        await DatabaseSchema.InstallAsync(database, CancellationToken.None);
        return database;
    }
}
