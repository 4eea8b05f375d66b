using Grpc.Net.Client;
using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Tests.Postgres;
using Microsoft.Extensions.Logging;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Placement;

#pragma warning disable CA1001 // Disposed in the test framework's own way.
/// <summary>The directory as a grain of the real Orleans, on a real PostgreSQL: three coordinators, and workers that dial any of them.</summary>
public sealed class OrleansPlacementTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly List<CoordinatorHost> _hosts = [];
    private readonly List<LogSink> _logs = [];
    private PostgresServer? _server;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (CoordinatorHost host in _hosts) await host.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        _folder.Dispose();
    }

    [PostgresFact]
    public async Task Workers_OfThreeCoordinators_GoWhereTheRunIsAndFollowItWhenItsCoordinatorEnds()
    {
        _server = await PostgresServer.StartAsync();
        string connection = await _server.CreateDatabaseAsync();
        await DatabaseSchema.InstallAsync(new DatabaseOptions { Connection = connection }, default);
        for (int index = 0; index < 3; index++) await StartAsync(index, connection);
        await using var one = new RovingWorker(_hosts[0].Address, "one");
        await using var two = new RovingWorker(_hosts[1].Address, "two");
        await using var three = new RovingWorker(_hosts[2].Address, "three");
        RovingWorker[] workers = [one, two, three];
        foreach ((RovingWorker worker, CoordinatorHost host) in workers.Zip(_hosts)) await worker.WaitAsync(host.Address, Everything);

        using (GrpcChannel channel = GrpcChannel.ForAddress(_hosts[0].Address))
        {
            await new RunService.RunServiceClient(channel).StartRunAsync(
                new StartRunRequest { Configuration = RunConfigurationMessages.ToMessage(Configurations.Sinusoid(iterations: 1000)) });
        }

        foreach (RovingWorker worker in workers) await worker.WaitAsync(_hosts[0].Address, Everything);
        workers.Select(worker => worker.Moves).ShouldBe([0, 1, 1]);

        await _hosts[0].DisposeAsync();
        Uri[] left = [_hosts[1].Address, _hosts[2].Address];
        using var limit = new CancellationTokenSource(Limit);
        while (workers.Select(worker => worker.Attached).Distinct().ToArray() is not [{ } together] || !left.Contains(together))
        {
            limit.IsCancellationRequested.ShouldBeFalse(Everything());
            await Task.Delay(50);
        }
    }

    private async Task StartAsync(int index, string connection)
    {
        var log = new LogSink();
        _logs.Add(log);
        _hosts.Add(await CoordinatorHost.StartAsync(
            new CoordinatorOptions
            {
                Port = FreePort.Find(),
                RunsDirectory = _folder.File($"runs-{index}"),
                CacheDirectory = _folder.File("cache"),
                StopGrace = TimeSpan.FromMilliseconds(100),
                Cluster = new ClusteringOptions { Kind = ClusterKind.Orleans, SiloPort = FreePort.Find() },
                Database = new() { Connection = connection },
                ConfigureLogging = logging => logging.AddProvider(log),
            },
            default));
    }

    private string Everything() => string.Join('\n', _logs.Select((log, index) => $"== {index}\n{log.Text}"));
}
