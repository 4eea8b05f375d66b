using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Security;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Security;
using Microsoft.Extensions.Logging;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>A real coordinator on a free loopback port, with real clients.</summary>
internal sealed class TestCoordinator : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly CoordinatorHost _host;

    private TestCoordinator(TemporaryFolder folder, CoordinatorHost host, LogSink log, ClientCredentials credentials)
    {
        _folder = folder;
        _host = host;
        Log = log;
        Channel = Connect(credentials);
        Runs = new RunService.RunServiceClient(Channel);
        Evaluations = new EvaluationService.EvaluationServiceClient(Channel);
    }

    public Uri Address => _host.Address;

    public string RunsDirectory => _folder.Path;

    public GrpcChannel Channel { get; }

    public RunService.RunServiceClient Runs { get; }

    public EvaluationService.EvaluationServiceClient Evaluations { get; }

    public LogSink Log { get; }

    public static async Task<TestCoordinator> StartAsync(
        Func<CoordinatorOptions, CoordinatorOptions>? change = null, ClientCredentials? credentials = null)
    {
        var folder = new TemporaryFolder();
        var log = new LogSink();
        var options = new CoordinatorOptions
        {
            Port = 0,
            RunsDirectory = folder.Path,
            CacheDirectory = folder.File("cache"),
            ConfigureLogging = logging => logging.AddProvider(log),
        };
        return new TestCoordinator(folder, await CoordinatorHost.StartAsync(change?.Invoke(options) ?? options, default), log, credentials ?? new ClientCredentials());
    }

    /// <summary>A channel of its own, with credentials.</summary>
    public GrpcChannel Connect(ClientCredentials credentials, Uri? address = null) => GrpcChannel.ForAddress(address ?? Address, new GrpcChannelOptions
    {
        HttpHandler = CoordinatorHandler.Create(credentials, insecureAllowRemote: false, new SilentReports(), TimeProvider.System),
        DisposeHttpClient = true,
    });

    public async Task<Run> StartRunAsync(RunConfiguration configuration, string preset = "") => await Runs.StartRunAsync(
        new StartRunRequest { Configuration = RunConfigurationMessages.ToMessage(configuration), Preset = preset });

    /// <summary>Follows a run to its end; fails the test when that takes a minute.</summary>
    public async Task<Run> WaitAsync(Run run, List<RunEvent>? events = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using AsyncServerStreamingCall<RunEvent> watch = Runs.WatchRun(new WatchRunRequest { RunId = run.RunId }, cancellationToken: limit.Token);
        await foreach (RunEvent happened in watch.ResponseStream.ReadAllAsync(limit.Token))
        {
            events?.Add(happened);
            if (happened.Run is { } snapshot) run = snapshot;
        }

        return run;
    }

    public async Task<Run> TrainAsync(RunConfiguration configuration, List<RunEvent>? events = null) =>
        await WaitAsync(await StartRunAsync(configuration), events);

    public ValueTask StopHostAsync() => _host.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _host.DisposeAsync();
        _folder.Dispose();
    }
}
