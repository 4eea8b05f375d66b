using System.Net;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Maml.Cluster.Coordinator.Tests.Storage.Postgres;

/// <summary>The real Orleans finds in the tables and queries of this project what it expects of its own.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class OrleansSchemaTests(PostgresFixture fixture)
{
    private static readonly DateTime Now = new(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [PostgresFact]
    public async Task Silos_StartAndStop_KnowEachOther()
    {
        string connection = await CreateAsync();
        await using TestSilo first = await TestSilo.StartAsync(connection, "silos");
        await using (TestSilo second = await TestSilo.StartAsync(connection, "silos"))
        {
            ISiloStatusOracle oracle = first.Services.GetRequiredService<ISiloStatusOracle>();
            SpinWait.SpinUntil(() => oracle.GetApproximateSiloStatuses(onlyActive: true).Count == 2, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        }

        MembershipTableData table = await first.Services.GetRequiredService<IMembershipTable>().ReadAllAsync();
        table.Members.Select(member => member.Item1.Status).Order().ShouldBe([SiloStatus.Active, SiloStatus.Dead]);
    }

    [PostgresFact]
    public async Task Membership_ChangesFromAnOldVersion_AreRefused()
    {
        await using TestSilo silo = TestSilo.Create(await CreateAsync(), "membership");
        IMembershipTable table = silo.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        MembershipTableData empty = await table.ReadAllAsync();
        empty.Members.ShouldBeEmpty();
        MembershipEntry one = Member(1);
        MembershipEntry two = Member(2);
        (await table.InsertRowAsync(one, empty.Version.Next())).ShouldBeTrue();
        (await table.InsertRowAsync(two, empty.Version.Next())).ShouldBeFalse("the table has another version by now");
        TableVersion version = (await table.ReadAllAsync()).Version;
        (await table.InsertRowAsync(one, version.Next())).ShouldBeFalse("it is there already");
        (await table.InsertRowAsync(two, version.Next())).ShouldBeTrue();

        MembershipTableData before = await table.ReadRowAsync(one.SiloAddress);
        version = before.Version;
        string tag = before.Members.ShouldHaveSingleItem().Item2;
        one.Status = SiloStatus.Active;
        one.SuspectTimes = [Tuple.Create(two.SiloAddress, Now)];
        (await table.UpdateRowAsync(one, tag, version.Next())).ShouldBeTrue();
        (await table.UpdateRowAsync(one, tag, version.Next())).ShouldBeFalse();
        (await table.UpdateRowAsync(Member(3), tag, (await table.ReadAllAsync()).Version.Next())).ShouldBeFalse("there is no such row");
        MembershipTableData read = await table.ReadRowAsync(one.SiloAddress);
        read.Version.Version.ShouldBe(version.Version + 1);
        MembershipEntry found = read.Members.ShouldHaveSingleItem().Item1;
        found.Status.ShouldBe(SiloStatus.Active);
        found.StartTime.ShouldBe(Now);
        found.SuspectTimes.ShouldHaveSingleItem().Item1.ShouldBe(two.SiloAddress);

        one.IAmAliveTime = Now.AddMinutes(1);
        await table.UpdateIAmAliveAsync(one);
        (await table.ReadRowAsync(one.SiloAddress)).Members[0].Item1.IAmAliveTime.ShouldBe(Now.AddMinutes(1));
        (await table.ReadAllAsync()).Members.Count.ShouldBe(2);
        (await table.ReadRowAsync(Member(3).SiloAddress)).Members.ShouldBeEmpty();
    }

    [PostgresFact]
    public async Task Membership_CleanUp_RemovesOnlyTheDeadOfLongAgo()
    {
        await using TestSilo silo = TestSilo.Create(await CreateAsync(), "membership");
        IMembershipTable table = silo.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        foreach ((int port, SiloStatus status, int age) in new[] { (1, SiloStatus.Dead, 10), (2, SiloStatus.Active, 10), (3, SiloStatus.Dead, 1) })
        {
            MembershipEntry member = Member(port);
            member.Status = status;
            member.StartTime = member.IAmAliveTime = Now.AddDays(-age);
            (await table.InsertRowAsync(member, (await table.ReadAllAsync()).Version.Next())).ShouldBeTrue();
        }

        await table.CleanupDefunctSiloEntriesAsync(Now.AddDays(-5));
        (await table.ReadAllAsync()).Members.Select(member => member.Item1.SiloAddress.Endpoint.Port).Order().ShouldBe([2, 3]);
        await table.DeleteMembershipTableEntriesAsync("membership");
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        (await table.ReadAllAsync()).Members.ShouldBeEmpty();
    }

    [PostgresFact]
    public async Task Reminders_OfAllHashes_AreFoundOnceByAnyDivisionOfTheRing()
    {
        await using TestSilo silo = TestSilo.Create(await CreateAsync(), "reminders");
        IReminderTable table = silo.Services.GetRequiredService<IReminderTable>();
        await table.StartAsync();
        GrainId[] grains = [.. Enumerable.Range(0, 50).Select(number => GrainId.Create("run", $"run-{number}"))];
        foreach (GrainId grain in grains)
            await table.UpsertRow(new ReminderEntry { GrainId = grain, ReminderName = "wake", StartAt = Now, Period = TimeSpan.FromMinutes(1) });
        uint[] cuts = [0x10000000, 0x70000000, 0x90000000, 0xf0000000];
        var found = new List<GrainId>();
        for (int i = 0; i < cuts.Length; i++) found.AddRange((await table.ReadRows(cuts[i], cuts[(i + 1) % cuts.Length])).Reminders.Select(entry => entry.GrainId));
        found.OrderBy(grain => grain.ToString(), StringComparer.Ordinal).ShouldBe(grains.OrderBy(grain => grain.ToString(), StringComparer.Ordinal));
    }

    [PostgresFact]
    public async Task Reminders_ChangedMeanwhile_AreNotRemoved()
    {
        await using TestSilo silo = TestSilo.Create(await CreateAsync(), "reminders");
        IReminderTable table = silo.Services.GetRequiredService<IReminderTable>();
        await table.StartAsync();
        var reminder = new ReminderEntry { GrainId = GrainId.Create("run", "run"), ReminderName = "wake", StartAt = Now, Period = TimeSpan.FromDays(40) };
        string old = (await table.UpsertRow(reminder)).ShouldNotBeNull();
        string current = (await table.UpsertRow(reminder)).ShouldNotBeNull();
        current.ShouldNotBe(old);
        ReminderEntry found = (await table.ReadRow(reminder.GrainId, "wake")).ShouldNotBeNull();
        (found.ETag, found.StartAt, found.Period).ShouldBe((current, Now, TimeSpan.FromDays(40)));
        (await table.ReadRow(reminder.GrainId, "other")).ShouldBeNull();
        (await table.ReadRows(reminder.GrainId)).Reminders.Count.ShouldBe(1);
        (await table.RemoveRow(reminder.GrainId, "wake", old)).ShouldBeFalse();
        (await table.RemoveRow(reminder.GrainId, "wake", current)).ShouldBeTrue();
        (await table.RemoveRow(reminder.GrainId, "wake", current)).ShouldBeFalse();
    }

    [PostgresFact]
    public async Task Storage_WritesFromAnOldVersion_AreRefused()
    {
        await using TestSilo silo = await TestSilo.StartAsync(await CreateAsync(), "storage");
        IGrainStorage storage = silo.Services.GetRequiredKeyedService<IGrainStorage>(TestSilo.StorageName);
        foreach (GrainId grain in new[] { GrainId.Create("g", "text"), GrainId.Create("g", Guid.NewGuid().ToString("N")), GrainId.Create("g", "2a+extension") })
        {
            var mine = new GrainState<Dictionary<string, string>>(new() { ["value"] = "mine" });
            var other = new GrainState<Dictionary<string, string>>(new() { ["value"] = "other" });
            await storage.WriteStateAsync("state", grain, mine);
            await Should.ThrowAsync<InconsistentStateException>(() => storage.WriteStateAsync("state", grain, other));
            await storage.ReadStateAsync("state", grain, other);
            other.State!["value"].ShouldBe("mine");
            other.State["value"] = "newer";
            await storage.WriteStateAsync("state", grain, other);
            await Should.ThrowAsync<InconsistentStateException>(() => storage.WriteStateAsync("state", grain, mine));
            await Should.ThrowAsync<InconsistentStateException>(() => storage.ClearStateAsync("state", grain, mine));
            await storage.ReadStateAsync("state", grain, mine);
            mine.State!["value"].ShouldBe("newer");
            await storage.ClearStateAsync("state", grain, mine);
            await storage.ReadStateAsync("state", grain, other);
            (other.State?.Count ?? 0).ShouldBe(0);
        }
    }

    private static MembershipEntry Member(int port) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, port, generation: 7),
        HostName = "host",
        SiloName = $"silo-{port}",
        Status = SiloStatus.Joining,
        StartTime = Now,
        IAmAliveTime = Now,
        ProxyPort = 0,
    };

    private async Task<string> CreateAsync()
    {
        string connection = await fixture.CreateDatabaseAsync();
        await DatabaseSchema.InstallAsync(new DatabaseOptions { Connection = connection }, CancellationToken.None);
        return connection;
    }
}
