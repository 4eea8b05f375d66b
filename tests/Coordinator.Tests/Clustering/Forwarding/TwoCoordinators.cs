using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Tests.Postgres;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Forwarding;

/// <summary>Two real coordinators that share their runs, on the real Orleans and a real PostgreSQL.</summary>
internal sealed class TwoCoordinators : IAsyncDisposable
{
    private readonly PostgresServer _server;

    private TwoCoordinators(PostgresServer server, TestCoordinator first, TestCoordinator second) => (_server, First, Second) = (server, first, second);

    public TestCoordinator First { get; }

    public TestCoordinator Second { get; }

    public static async Task<TwoCoordinators> StartAsync(Func<CoordinatorOptions, CoordinatorOptions>? change = null)
    {
        PostgresServer server = await PostgresServer.StartAsync();
        var database = new DatabaseOptions { Connection = await server.CreateDatabaseAsync() };
        await using (Database opened = Database.Open(database.ReadConnectionString())) await DatabaseSchema.InstallAsync(opened, CancellationToken.None);
        TestCoordinator first = await TestCoordinator.StartAsync(Share);
        return new TwoCoordinators(server, first, await TestCoordinator.StartAsync(Share));

        CoordinatorOptions Share(CoordinatorOptions options)
        {
            options = options with
            {
                Port = FreePort.Find(),
                Database = database,
                Cluster = new ClusteringOptions { Kind = ClusterKind.Orleans, SiloPort = FreePort.Find() },
            };
            return change?.Invoke(options) ?? options;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Second.DisposeAsync();
        await First.DisposeAsync();
        await _server.DisposeAsync();
    }
}
