using System.Text;
using Maml.Cluster.Coordinator.Clustering.Ownership;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Contracts;

/// <summary>What every ledger does.</summary>
public abstract class RunLedgerContract
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);
    private static readonly CoordinatorIdentity First = new("first", new Uri("http://127.0.0.1:5101"));
    private static readonly CoordinatorIdentity Second = new("second", new Uri("http://127.0.0.1:5102"));

    [SkippableFact]
    public async Task Create_NewRun_IsOwnedUnfinishedAndOfTheFirstEpoch()
    {
        IRunLedger ledger = await CreateAsync();
        (await ledger.CreateAsync("run", Bytes("configuration"), Bytes("record"), First, Long, default)).ShouldBe(new RunClaim("run", 1, First.Id));
        LedgerEntry entry = (await ledger.FindAsync("run", default)).ShouldNotBeNull();
        (entry.RunId, entry.Epoch, entry.Owner, entry.IsUnfinished, entry.IsOwned).ShouldBe(("run", 1, First, true, true));
        entry.LeaseLeft.ShouldBeInRange(Long / 2, Long);
        Encoding.UTF8.GetString(entry.Configuration.Span).ShouldBe("configuration");
        Encoding.UTF8.GetString(entry.Record.Span).ShouldBe("record");
        (await ledger.ListAsync(default)).ShouldHaveSingleItem().RunId.ShouldBe("run");
        (await ledger.FindAsync("other", default)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task Create_IdentifierIsTaken_GivesNothingAndChangesNothing()
    {
        IRunLedger ledger = await CreateAsync();
        await ledger.CreateAsync("run", default, Bytes("first"), First, Long, default);
        (await ledger.CreateAsync("run", default, Bytes("second"), Second, Long, default)).ShouldBeNull();
        LedgerEntry entry = (await ledger.FindAsync("run", default)).ShouldNotBeNull();
        entry.Owner.ShouldBe(First);
        Encoding.UTF8.GetString(entry.Record.Span).ShouldBe("first");
    }

    [SkippableFact]
    public async Task Claim_LeaseHasTimeLeft_IsRefusedEvenToItsOwner()
    {
        IRunLedger ledger = await CreateAsync();
        await ledger.CreateAsync("run", default, default, First, Long, default);
        (await ledger.ClaimAsync("run", 1, Second, Long, default)).ShouldBeNull();
        (await ledger.ClaimAsync("run", 1, First, Long, default)).ShouldBeNull();
        (await ledger.ClaimAsync("none", 1, First, Long, default)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task Claim_LeaseHasEnded_RaisesTheEpochOnce()
    {
        IRunLedger ledger = await CreateAsync();
        await ledger.CreateAsync("run", default, default, First, Short, default);
        await PassAsync(Short * 2);
        LedgerEntry ended = (await ledger.FindAsync("run", default)).ShouldNotBeNull();
        ended.IsOwned.ShouldBeFalse();
        ended.Owner.ShouldBe(First, "who had it last is known, so that it can be asked");
        ended.LeaseLeft.ShouldBeLessThan(TimeSpan.Zero);
        (await ledger.ClaimAsync("run", 1, Second, Short, default)).ShouldBe(new RunClaim("run", 2, Second.Id));
        await PassAsync(Short * 2);
        (await ledger.ClaimAsync("run", 1, First, Long, default)).ShouldBeNull("it has another epoch by now");
        (await ledger.FindAsync("run", default))!.Owner.ShouldBe(Second);
    }

    [SkippableFact]
    public async Task Renew_ExpiredButNotTaken_IsRenewed()
    {
        IRunLedger ledger = await CreateAsync();
        await ledger.CreateAsync("run", default, default, First, Short, default);
        await PassAsync(Short * 2);
        (await ledger.RenewAsync([new RunClaim("run", 1, First.Id)], Long, default)).ShouldBe([new RunClaim("run", 1, First.Id)]);
        (await ledger.ClaimAsync("run", 1, Second, Long, default)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task Renew_TakenReleasedOrUnknown_IsNotAmongTheRenewed()
    {
        IRunLedger ledger = await CreateAsync();
        foreach (string run in new[] { "held", "taken", "released" }) await ledger.CreateAsync(run, default, default, First, Long, default);
        await ledger.ReleaseAsync(new RunClaim("taken", 1, First.Id), default);
        await ledger.ClaimAsync("taken", 1, Second, Long, default);
        await ledger.ReleaseAsync(new RunClaim("released", 1, First.Id), default);
        RunClaim[] claims = [new("held", 1, First.Id), new("taken", 1, First.Id), new("released", 1, First.Id), new("none", 1, First.Id)];
        (await ledger.RenewAsync(claims, Long, default)).ShouldBe([new RunClaim("held", 1, First.Id)]);
        (await ledger.FindAsync("released", default))!.IsOwned.ShouldBeFalse();
        (await ledger.RenewAsync([], Long, default)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Release_ByItsOwner_LetsAnybodyTakeItAtOnce()
    {
        IRunLedger ledger = await CreateAsync();
        await ledger.CreateAsync("run", default, default, First, Long, default);
        await ledger.ReleaseAsync(new RunClaim("run", 1, First.Id), default);
        LedgerEntry free = (await ledger.FindAsync("run", default)).ShouldNotBeNull();
        (free.Owner, free.LeaseLeft, free.Epoch).ShouldBe((null, TimeSpan.Zero, 1));
        (await ledger.ClaimAsync("run", 1, Second, Long, default)).ShouldBe(new RunClaim("run", 2, Second.Id));
    }

    [SkippableFact]
    public async Task ReleaseAndDelete_WithAnOldClaim_ChangeNothing()
    {
        IRunLedger ledger = await CreateAsync();
        await ledger.CreateAsync("run", default, default, First, Long, default);
        await ledger.ReleaseAsync(new RunClaim("run", 1, First.Id), default);
        await ledger.ClaimAsync("run", 1, Second, Long, default);
        await ledger.ReleaseAsync(new RunClaim("run", 1, First.Id), default);
        await ledger.DeleteAsync(new RunClaim("run", 1, First.Id), default);
        (await ledger.FindAsync("run", default))!.IsOwned.ShouldBeTrue();
        await ledger.DeleteAsync(new RunClaim("run", 2, Second.Id), default);
        (await ledger.FindAsync("run", default)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task AnyChange_ByAnotherOfTheSameEpoch_IsRefused()
    {
        // There are two of one epoch only where a ledger has lost what it had committed, and given that again.
        IRunLedger ledger = await CreateAsync();
        await ledger.CreateAsync("run", default, default, First, Long, default);
        var other = new RunClaim("run", 1, Second.Id);
        (await ledger.RenewAsync([other], Long, default)).ShouldBeEmpty();
        await ledger.ReleaseAsync(other, default);
        await ledger.DeleteAsync(other, default);
        (await ledger.FindAsync("run", default)).ShouldNotBeNull().IsOwned.ShouldBeTrue();
        (await ledger.RenewAsync([other, other with { Owner = First.Id }], Long, default)).ShouldBe([other with { Owner = First.Id }]);
    }

    [SkippableFact]
    public async Task ListOwners_OfSeveral_CountsTheUnfinishedRunsOfThoseWhoseLeaseHasTimeLeft()
    {
        IRunLedger ledger = await CreateAsync();
        (await ledger.ListOwnersAsync(default)).ShouldBeEmpty();
        await ledger.CreateAsync("old", default, default, First, Long, default);
        await ledger.CreateAsync("new", default, default, First, Long * 2, default);
        await ledger.CreateAsync("ended", default, default, Second, Short, default);
        await ledger.CreateAsync("released", default, default, Second, Long, default);
        await ledger.ReleaseAsync(new RunClaim("released", 1, Second.Id), default);
        await PassAsync(Short * 2);
        LedgerOwner only = (await ledger.ListOwnersAsync(default)).ShouldHaveSingleItem();
        (only.Coordinator, only.Runs).ShouldBe((First, 2));
        only.LeaseLeft.ShouldBeInRange(Long, Long * 2);
        await ledger.ClaimAsync("ended", 1, Second, Long, default);
        (await ledger.ListOwnersAsync(default)).Select(owner => (owner.Coordinator, owner.Runs)).ShouldBe([(First, 2), (Second, 1)], ignoreOrder: true);
    }

    [SkippableFact]
    public async Task ListAdrift_OfSeveral_NamesThoseThatNobodyHas()
    {
        IRunLedger ledger = await CreateAsync();
        await ledger.CreateAsync("held", default, default, First, Long, default);
        await ledger.CreateAsync("ended", default, default, First, Short, default);
        await ledger.CreateAsync("released", default, default, First, Long, default);
        await ledger.ReleaseAsync(new RunClaim("released", 1, First.Id), default);
        await PassAsync(Short * 2);
        (await ledger.ListAdriftAsync(TimeSpan.Zero, default)).Order(StringComparer.Ordinal).ShouldBe(["ended", "released"]);
        (await ledger.ListAdriftAsync(Long, default)).ShouldBe(["released"], "one that was let go is free at once");
    }

    /// <summary>An empty one.</summary>
    internal abstract Task<IRunLedger> CreateAsync();

    /// <summary>Lets its clock run.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
