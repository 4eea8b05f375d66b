using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Tests.Postgres;

namespace Maml.Cluster.Coordinator.Tests.Storage.Postgres;

[Collection(nameof(PostgresCollection))]
public sealed class PostgresLedgerTests(PostgresFixture fixture)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [PostgresFact]
    public async Task Claim_ManyAtOnce_OneGetsEachEpoch()
    {
        await using Database database = await fixture.CreateWithTablesAsync();
        RunClaim claim = await Databases.CreateRunAsync(database);
        PostgresLedger ledger = Databases.LedgerOf(database);
        for (int round = 0; round < 20; round++)
        {
            await ledger.ReleaseAsync(claim, CancellationToken.None);
            RunClaim?[] granted = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => ledger.ClaimAsync(
                "run", claim.Epoch, new CoordinatorIdentity($"c{number}", new Uri("http://127.0.0.1:1")), Long, CancellationToken.None)));
            claim = granted.Where(one => one is not null).ShouldHaveSingleItem()!.Value;
            claim.Epoch.ShouldBe(round + 2);
        }
    }

    [PostgresFact]
    public async Task Create_ManyAtOnce_OneGetsTheRun()
    {
        await using Database database = await fixture.CreateWithTablesAsync();
        PostgresLedger ledger = Databases.LedgerOf(database);
        RunClaim?[] granted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ledger.CreateAsync("run", default, default, Databases.First, Long, CancellationToken.None)));
        granted.Count(one => one is not null).ShouldBe(1);
    }

    [PostgresFact]
    public async Task Claim_LeaseHasTimeLeft_IsRefusedUntilItEnds()
    {
        await using Database database = await fixture.CreateWithTablesAsync();
        PostgresLedger ledger = Databases.LedgerOf(database);
        RunClaim claim = await Databases.CreateRunAsync(database, lease: TimeSpan.FromSeconds(1));
        LedgerEntry before = (await ledger.FindAsync("run", CancellationToken.None)).ShouldNotBeNull();
        before.Owner.ShouldBe(Databases.First);
        before.LeaseLeft.ShouldBeInRange(TimeSpan.FromTicks(1), TimeSpan.FromSeconds(1));
        (await ledger.ClaimAsync("run", claim.Epoch, Databases.Second, Long, CancellationToken.None)).ShouldBeNull();
        await database.PassAsync(TimeSpan.FromSeconds(1));
        (await ledger.FindAsync("run", CancellationToken.None))!.IsOwned.ShouldBeFalse();
        (await ledger.ClaimAsync("run", claim.Epoch, Databases.Second, Long, CancellationToken.None)).ShouldBe(claim with { Epoch = claim.Epoch + 1, Owner = Databases.Second.Id });
    }

    [PostgresFact]
    public async Task Renew_SomeTakenSomeReleased_NamesThoseThatAreStillHeld()
    {
        await using Database database = await fixture.CreateWithTablesAsync();
        PostgresLedger ledger = Databases.LedgerOf(database);
        RunClaim held = await Databases.CreateRunAsync(database, "held", TimeSpan.FromMilliseconds(1));
        RunClaim taken = await Databases.CreateRunAsync(database, "taken");
        RunClaim released = await Databases.CreateRunAsync(database, "released");
        await Databases.TakeOverAsync(database, taken);
        await ledger.ReleaseAsync(released, CancellationToken.None);
        (await ledger.RenewAsync([held, taken, released, new RunClaim("none", 1, Databases.First.Id)], Long, CancellationToken.None)).ShouldBe([held]);
        (await ledger.FindAsync("held", CancellationToken.None))!.LeaseLeft.ShouldBeGreaterThan(TimeSpan.FromSeconds(50));
        (await ledger.RenewAsync([], Long, CancellationToken.None)).ShouldBeEmpty();
    }

    [PostgresFact]
    public async Task ReleaseAndDelete_OfAnOldClaim_ChangeNothing()
    {
        await using Database database = await fixture.CreateWithTablesAsync();
        PostgresLedger ledger = Databases.LedgerOf(database);
        RunClaim old = await Databases.CreateRunAsync(database);
        RunClaim current = await Databases.TakeOverAsync(database, old);
        await ledger.ReleaseAsync(old, CancellationToken.None);
        await ledger.DeleteAsync(old, CancellationToken.None);
        (await ledger.ListAsync(CancellationToken.None)).ShouldHaveSingleItem().Owner.ShouldBe(Databases.Second);
        Databases.VaultOf(database).KeepRows(current, "metrics.csv", 0, "a\n"u8.ToArray());
        await ledger.DeleteAsync(current, CancellationToken.None);
        (await ledger.FindAsync("run", CancellationToken.None)).ShouldBeNull();
        database.Ask<long>("SELECT count(*) FROM maml_table_pieces").ShouldBe(0);
        Should.Throw<StaleEpochException>(() => Databases.VaultOf(database).KeepRows(current, "metrics.csv", 0, "a\n"u8.ToArray()));
    }
}
