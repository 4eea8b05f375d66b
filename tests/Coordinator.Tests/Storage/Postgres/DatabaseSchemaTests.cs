using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Tests.Postgres;

namespace Maml.Cluster.Coordinator.Tests.Storage.Postgres;

[Collection(nameof(PostgresCollection))]
public sealed class DatabaseSchemaTests(PostgresFixture fixture)
{
    [PostgresFact]
    public async Task Install_Twice_ChangesNothingTheSecondTime()
    {
        await using Database database = Database.Open(await fixture.CreateDatabaseAsync());
        (await DatabaseSchema.InstallAsync(database, CancellationToken.None)).ShouldBeTrue();
        await Databases.CreateRunAsync(database);
        (await DatabaseSchema.InstallAsync(database, CancellationToken.None)).ShouldBeFalse();
        await DatabaseSchema.RequireAsync(database, CancellationToken.None);
        database.Ask<long>("SELECT count(*) FROM maml_runs").ShouldBe(1);
        database.Ask<long>("SELECT count(*) FROM maml_schema").ShouldBe(1);
    }

    [PostgresFact]
    public async Task Install_ManyAtOnce_AllSucceedAndOneMakesIt()
    {
        string connection = await fixture.CreateDatabaseAsync();
        bool[] made = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using Database database = Database.Open(connection);
            return await DatabaseSchema.InstallAsync(database, CancellationToken.None);
        }));
        made.Count(isNew => isNew).ShouldBe(1);
    }

    [PostgresFact]
    public async Task Install_QueryWasChanged_PutsItRight()
    {
        await using Database database = await fixture.CreateWithTablesAsync();
        database.Tell("UPDATE OrleansQuery SET QueryText = 'SELECT 1' WHERE QueryKey = 'ReadFromStorageKey'");
        await DatabaseSchema.InstallAsync(database, CancellationToken.None);
        database.Ask<string>("SELECT QueryText FROM OrleansQuery WHERE QueryKey = 'ReadFromStorageKey'").ShouldContain("PayloadBinary");
    }

    [PostgresFact]
    public async Task Require_NoTables_SaysWhatToDo()
    {
        await using Database database = Database.Open(await fixture.CreateDatabaseAsync());
        (await Should.ThrowAsync<DatabaseSchemaException>(() => DatabaseSchema.RequireAsync(database, CancellationToken.None)))
            .Message.ShouldContain("maml cluster init");
    }

    [PostgresFact]
    public async Task InstallAndRequire_NewerTables_AreRefused()
    {
        await using Database database = await fixture.CreateWithTablesAsync();
        database.Tell("INSERT INTO maml_schema (version) VALUES (1000)");
        foreach (Func<Task> use in new Func<Task>[]
        {
            () => DatabaseSchema.InstallAsync(database, CancellationToken.None),
            () => DatabaseSchema.RequireAsync(database, CancellationToken.None),
        })
            (await Should.ThrowAsync<DatabaseSchemaException>(use)).Message.ShouldContain("version 1000, expected 1");
    }
}
