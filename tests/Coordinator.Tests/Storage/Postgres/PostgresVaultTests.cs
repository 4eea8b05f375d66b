using System.Text;
using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Coordinator.Tests.Checkpoints;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Tests.Postgres;

namespace Maml.Cluster.Coordinator.Tests.Storage.Postgres;

[Collection(nameof(PostgresCollection))]
public sealed class PostgresVaultTests(PostgresFixture fixture) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PostgresFact]
    public async Task KeepCheckpoints_ManyPieces_ComeBackBitForBit()
    {
        await using Database database = await fixture.CreateWithTablesAsync();
        RunClaim claim = await Databases.CreateRunAsync(database);
        string local = _folder.File("local");
        CheckpointStore store = SmallCheckpoints.Open(local, keep: 2, keepBest: 1);

        // Some 3.2 MB each: several pieces, the last of them shorter.
        foreach (long iteration in new[] { 1, 2, 3, 4 })
        {
            store.Save(SmallCheckpoints.Create(iteration, [512, 512]));
            store.Score(iteration, 1.0 / iteration);
            Databases.VaultOf(database).KeepCheckpoints(claim, local, CheckpointManifest.Read(local, _ => { })!);
        }

        RunFolder copy = RunFolder.Open(_folder.File("run"));
        (await Databases.VaultOf(database).MaterialiseAsync("run", copy, CancellationToken.None)).ShouldBeTrue();
        string[] names = [.. Directory.GetFiles(local).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        names.Length.ShouldBe(4);
        Directory.GetFiles(copy.Checkpoints).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ShouldBe(names);
        foreach (string name in names)
            File.ReadAllBytes(Path.Combine(copy.Checkpoints, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(local, name))).ShouldBeTrue(name);
        database.Ask<long>("SELECT max(length(content))::bigint FROM maml_checkpoint_pieces").ShouldBe(StoredCheckpoints.PieceBytes);
        database.Ask<long>("SELECT count(DISTINCT checkpoint_key) FROM maml_checkpoint_pieces").ShouldBe(3, "pieces of those that are not kept are gone");
    }

    [PostgresFact]
    public async Task KeepCheckpoints_AgainWithTheFilesGone_SendsOnlyWhatIsNew()
    {
        await using Database database = await fixture.CreateWithTablesAsync();
        RunClaim claim = await Databases.CreateRunAsync(database);
        CheckpointStore store = SmallCheckpoints.Open(_folder.Path);
        string first = store.Save(SmallCheckpoints.Create(1));
        Keep(database, claim);
        store.Save(SmallCheckpoints.Create(2));
        File.Delete(first);
        Keep(database, claim);
        database.Ask<string>("SELECT string_agg(iteration::text, ' ' ORDER BY iteration) FROM maml_checkpoints").ShouldBe("1 2");
    }

    [PostgresFact]
    public async Task KeepCheckpoints_NewestIsDamaged_IsRefusedAndAllIsAsBefore()
    {
        await using Database database = await fixture.CreateWithTablesAsync();
        RunClaim claim = await Databases.CreateRunAsync(database);
        CheckpointStore store = SmallCheckpoints.Open(_folder.Path);
        store.Save(SmallCheckpoints.Create(1));
        Keep(database, claim);
        string damaged = store.Save(SmallCheckpoints.Create(2));
        File.WriteAllText(damaged, "torn");
        Should.Throw<IOException>(() => Keep(database, claim)).Message.ShouldContain(damaged);
        database.Ask<long>("SELECT max(iteration) FROM maml_checkpoints").ShouldBe(1);

        // One that is not the newest must not keep the newest from being kept.
        store.Save(SmallCheckpoints.Create(3));
        Keep(database, claim);
        database.Ask<string>("SELECT string_agg(iteration::text, ' ' ORDER BY iteration) FROM maml_checkpoints").ShouldBe("1 3");
    }

    [PostgresFact]
    public async Task Materialise_PieceIsDamagedOrMissing_TheOneBeforeIsUsedAndItIsNamed()
    {
        foreach (string damage in new[] { "UPDATE maml_checkpoint_pieces SET content = set_byte(content, 900, 1 # get_byte(content, 900))", "DELETE FROM maml_checkpoint_pieces" })
        {
            await using Database database = await fixture.CreateWithTablesAsync();
            RunClaim claim = await Databases.CreateRunAsync(database);
            string local = _folder.File(Guid.NewGuid().ToString("N"));
            CheckpointStore store = SmallCheckpoints.Open(local);
            store.Save(SmallCheckpoints.Create(1));
            store.Save(SmallCheckpoints.Create(2));
            Databases.VaultOf(database).KeepCheckpoints(claim, local, CheckpointManifest.Read(local, _ => { })!);
            database.Tell($"{damage} WHERE checkpoint_key = (SELECT checkpoint_key FROM maml_checkpoints WHERE iteration = 2)");
            RunFolder copy = RunFolder.Open(_folder.File(Guid.NewGuid().ToString("N")));
            (await Databases.VaultOf(database).MaterialiseAsync("run", copy, CancellationToken.None)).ShouldBeTrue();
            var reports = new List<string>();
            CheckpointStore.ReadNewest(copy.Checkpoints, reports.Add)!.Iteration.ShouldBe(1);
            reports.ShouldHaveSingleItem().ShouldContain("iteration-000000002");
        }
    }

    [PostgresFact]
    public async Task Keep_AfterATakeOver_IsRefusedAndNothingIsWritten()
    {
        await using Database database = await fixture.CreateWithTablesAsync();
        RunClaim stale = await Databases.CreateRunAsync(database);
        CheckpointStore store = SmallCheckpoints.Open(_folder.Path);
        store.Save(SmallCheckpoints.Create(1));
        RunClaim current = await Databases.TakeOverAsync(database, stale);
        PostgresVault vault = Databases.VaultOf(database);
        byte[] content = Encoding.UTF8.GetBytes("late");
        foreach (Action late in new Action[]
        {
            () => vault.KeepRecord(stale, content, isUnfinished: false),
            () => vault.KeepSummary(stale, content),
            () => vault.KeepRows(stale, "metrics.csv", 0, content),
            () => Keep(database, stale),
        })
        {
            StaleEpochException refusal = Should.Throw<StaleEpochException>(late);
            refusal.Claim.ShouldBe(stale);
            refusal.Message.ShouldContain($"epoch {current.Epoch}");
        }

        LedgerEntry entry = (await Databases.LedgerOf(database).FindAsync("run", CancellationToken.None)).ShouldNotBeNull();
        entry.IsUnfinished.ShouldBeTrue();
        Encoding.UTF8.GetString(entry.Record.Span).ShouldBe("{}");
        foreach (string table in new[] { "maml_checkpoints", "maml_checkpoint_pieces", "maml_table_pieces", "maml_runs WHERE summary IS NOT NULL" })
            database.Ask<long>($"SELECT count(*) FROM {table}").ShouldBe(0, table);
        Keep(database, current);
        database.Ask<long>("SELECT epoch FROM maml_checkpoints").ShouldBe(current.Epoch);
    }

    [PostgresFact]
    public async Task Keep_OtherClusterOfTheSameDatabase_HasRunsOfItsOwn()
    {
        await using Database database = await fixture.CreateWithTablesAsync();
        RunClaim claim = await Databases.CreateRunAsync(database);
        var other = new PostgresLedger(database, "other");
        (await other.FindAsync("run", CancellationToken.None)).ShouldBeNull();
        (await other.CreateAsync("run", default, default, Databases.Second, TimeSpan.FromMinutes(1), CancellationToken.None)).ShouldBe(claim with { Owner = Databases.Second.Id });
        Databases.VaultOf(database).KeepRecord(claim, Encoding.UTF8.GetBytes("first"), isUnfinished: true);
        (await other.FindAsync("run", CancellationToken.None))!.Record.Length.ShouldBe(0);
    }

    private void Keep(Database database, RunClaim claim) =>
        Databases.VaultOf(database).KeepCheckpoints(claim, _folder.Path, CheckpointManifest.Read(_folder.Path, _ => { })!);
}
