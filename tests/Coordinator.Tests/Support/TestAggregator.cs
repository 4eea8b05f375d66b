using Grpc.Net.Client;
using Maml.Cluster.Aggregator.Hosting;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Security;
using Microsoft.Extensions.Logging;

namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>A real aggregator on a free loopback port, with canned workers behind it.</summary>
internal sealed class TestAggregator : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly AggregatorHost _host;
    private readonly List<CannedWorker> _workers = [];

    private TestAggregator(TemporaryFolder folder, AggregatorHost host, LogSink log)
    {
        _folder = folder;
        _host = host;
        Log = log;
    }

    public Uri Address => _host.Address;

    public LogSink Log { get; }

    public int Chunks => _workers.Sum(worker => worker.Chunks);

    /// <summary>Starts it; returns when the coordinator knows of it and of its workers.</summary>
    public static async Task<TestAggregator> StartAsync(
        TestCoordinator coordinator, int workers, Func<CoordinatorOptions, CoordinatorOptions>? change = null, ClientCredentials? credentials = null,
        Func<Uri, GrpcChannel>? connect = null, Func<CannedWorker, ChunkLease, Task<bool>>? interfere = null)
    {
        var folder = new TemporaryFolder();
        var log = new LogSink();
        var serving = new CoordinatorOptions
        {
            Port = 0,
            CacheDirectory = folder.File("cache"),
            ConfigureLogging = logging => logging.AddProvider(log),
        };
        string name = $"aggregator-{Guid.NewGuid():N}";
        AggregatorHost host = await AggregatorHost.StartAsync(
            new AggregatorOptions
            {
                Coordinator = coordinator.Address,
                Name = name,
                Serving = change?.Invoke(serving) ?? serving,
                Credentials = credentials ?? new ClientCredentials(),
            },
            default);
        var aggregator = new TestAggregator(folder, host, log);
        await log.WaitForAsync("Attached to");
        connect ??= GrpcChannel.ForAddress;
        for (int i = 0; i < workers; i++)
        {
            aggregator._workers.Add(await CannedWorker.AttachAsync(connect(host.Address), $"canned-{i}", slots: 1, interfere));
            await coordinator.Log.WaitForAsync($"'{name}' has {i + 1} workers now");
        }

        return aggregator;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        foreach (CannedWorker worker in _workers) await worker.DisposeAsync();
        _folder.Dispose();
    }
}
