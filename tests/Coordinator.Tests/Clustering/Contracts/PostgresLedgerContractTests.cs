using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Coordinator.Tests.Storage.Postgres;
using Maml.Cluster.Tests.Postgres;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Contracts;

[Collection(nameof(PostgresCollection))]
public sealed class PostgresLedgerContractTests(PostgresFixture fixture) : RunLedgerContract, IAsyncLifetime
{
    private Database? _database;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
    }

    internal override async Task<IRunLedger> CreateAsync()
    {
        Skip.If(PostgresPrograms.WhyNot is not null, PostgresPrograms.WhyNot);
        _database = await fixture.CreateWithTablesAsync();
        return Databases.LedgerOf(_database);
    }

    protected override Task PassAsync(TimeSpan time) => _database!.PassAsync(time);
}
