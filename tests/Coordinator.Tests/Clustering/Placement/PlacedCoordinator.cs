using Grpc.Net.Client;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Clustering.Placement;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Monitoring;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Placement;

/// <summary>A real coordinator that asks a directory of the test's where its workers are needed.</summary>
internal sealed class PlacedCoordinator : IAsyncDisposable
{
    /// <summary>As in a cluster, but ten times as quick.</summary>
    public static readonly PlacementTimes Times = new()
    {
        ReportInterval = TimeSpan.FromSeconds(0.1),
        SilenceLimit = TimeSpan.FromSeconds(2),
        AnswerLimit = TimeSpan.FromSeconds(0.3),
        TakeOverLimit = TimeSpan.FromSeconds(0.3),
        UnknownLimit = TimeSpan.FromSeconds(1),
        FlightLimit = TimeSpan.FromSeconds(5),
        SettleTime = TimeSpan.FromSeconds(0.3),
    };

    private readonly TemporaryFolder _folder;
    private readonly WebApplication _application;
    private readonly GrpcChannel _channel;

    private PlacedCoordinator(TemporaryFolder folder, WebApplication application, Uri address, LogSink log)
    {
        _folder = folder;
        _application = application;
        Address = address;
        Log = log;
        _channel = GrpcChannel.ForAddress(address);
    }

    public Uri Address { get; }

    public LogSink Log { get; }

    public static async Task<PlacedCoordinator> StartAsync(string id, IWorkerDirectory directory, IRunLedger ledger, IEpochReports? reports = null)
    {
        var folder = new TemporaryFolder();
        var log = new LogSink();
        var options = new CoordinatorOptions
        {
            Port = FreePort.Find(),
            RunsDirectory = folder.Path,
            CacheDirectory = folder.File("cache"),
            StopGrace = TimeSpan.FromMilliseconds(100),
            ConfigureLogging = logging => logging.AddProvider(log),
        };
        var address = new Uri($"http://127.0.0.1:{options.Port}");
        var probes = new CoordinatorProbes(TimeProvider.System);
        WebApplication application = CoordinatorServer.Build(
            options,
            services =>
            {
                services.AddCoordinator(options, probes);
                services.AddSingleton(new CoordinatorIdentity(id, address));
                services.AddSingleton(directory);
                services.AddSingleton(ledger);
                services.AddSingleton(options.Cluster);
                services.AddWorkerPlacement();
                services.AddSingleton(Times);
                if (reports is not null) services.AddSingleton(reports);
            },
            routes => routes.MapCoordinator(options));
        await application.StartAsync();
        probes.Serve();
        return new PlacedCoordinator(folder, application, address, log);
    }

    public async Task StartRunAsync(RunConfiguration configuration) => await new RunService.RunServiceClient(_channel).StartRunAsync(
        new StartRunRequest { Configuration = RunConfigurationMessages.ToMessage(configuration) });

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _application.Services.GetRequiredService<RunManager>().SuspendAllAsync(limit.Token);
        await _application.Services.GetRequiredService<ShutdownSignal>().RaiseAsync();
        await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
        _folder.Dispose();
    }
}
