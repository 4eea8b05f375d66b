using Maml.Cluster.Coordinator.Runs.Homes;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Coordinator.Tests.Storage.Postgres;
using Maml.Cluster.Tests.Postgres;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Contracts;

/// <summary>Two coordinators with the same PostgreSQL.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class PostgresRunHomeTests(PostgresFixture fixture) : RunHomeContract, IAsyncLifetime
{
    private Database? _database;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
    }

    internal override async Task<(IRunHome First, IRunHome Second)> CreateAsync()
    {
        Skip.If(PostgresPrograms.WhyNot is not null, PostgresPrograms.WhyNot);
        _database = await fixture.CreateWithTablesAsync();
        using var homes = new VaultRunHomes(Folder);
        return (
            homes.Create("first", Databases.LedgerOf(_database), Databases.VaultOf(_database)),
            homes.Create("second", Databases.LedgerOf(_database), Databases.VaultOf(_database)));
    }
}
