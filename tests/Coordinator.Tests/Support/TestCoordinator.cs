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

    private TestCoordinator(TemporaryFolder folder, string runsDirectory, CoordinatorHost host, LogSink log, ClientCredentials credentials)
    {
        _folder = folder;
        RunsDirectory = runsDirectory;
        _host = host;
        Log = log;
        Channel = Connect(credentials);
        Runs = new RunService.RunServiceClient(Channel);
        Evaluations = new EvaluationService.EvaluationServiceClient(Channel);
        Adaptations = new AdaptationService.AdaptationServiceClient(Channel);
    }

    public Uri Address => _host.Address;

    public Uri? MonitoringAddress => _host.MonitoringAddress;

    public string RunsDirectory { get; }

    public GrpcChannel Channel { get; }

    public RunService.RunServiceClient Runs { get; }

    public EvaluationService.EvaluationServiceClient Evaluations { get; }

    public AdaptationService.AdaptationServiceClient Adaptations { get; }

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
        options = change?.Invoke(options) ?? options;
        return new TestCoordinator(
            folder, options.RunsDirectory, await CoordinatorHost.StartAsync(options, default), log, credentials ?? new ClientCredentials());
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
    /// <param name="run">The run.</param>
    /// <param name="events">Takes what happens; what happened before is not among it.</param>
    /// <param name="whenWatched">Called once what happens is seen.</param>
    public async Task<Run> WaitAsync(Run run, List<RunEvent>? events = null, Func<Task>? whenWatched = null)
    {
        bool isFirst = true;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using AsyncServerStreamingCall<RunEvent> watch = Runs.WatchRun(new WatchRunRequest { RunId = run.RunId }, cancellationToken: limit.Token);
        await foreach (RunEvent happened in watch.ResponseStream.ReadAllAsync(limit.Token))
        {
            if (isFirst && whenWatched is not null) await whenWatched();
            isFirst = false;
            events?.Add(happened);
            if (happened.Run is { } snapshot) run = snapshot;
        }

        return run;
    }

    /// <summary>Waits until a run has done an iteration; fails the test when that takes a minute, or the run ends before.</summary>
    public async Task WaitForIterationAsync(Run run, ulong iteration)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using AsyncServerStreamingCall<RunEvent> watch = Runs.WatchRun(new WatchRunRequest { RunId = run.RunId }, cancellationToken: limit.Token);
        await foreach (RunEvent happened in watch.ResponseStream.ReadAllAsync(limit.Token))
            if (happened.Iteration?.Iteration >= iteration || happened.Run?.Iteration >= iteration) return;
        throw new InvalidOperationException($"The run ended before iteration {iteration}. {Log.Text}");
    }

    /// <summary>Waits until a run is in a state; fails the test when that takes a minute, or the run ends before.</summary>
    public async Task<Run> WaitForStateAsync(Run run, RunState state)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using AsyncServerStreamingCall<RunEvent> watch = Runs.WatchRun(new WatchRunRequest { RunId = run.RunId }, cancellationToken: limit.Token);
        await foreach (RunEvent happened in watch.ResponseStream.ReadAllAsync(limit.Token))
            if (happened.Run?.State == state) return happened.Run;
        throw new InvalidOperationException($"The run ended before it was {state}. {Log.Text}");
    }

    /// <summary>Trains to the end.</summary>
    /// <param name="configuration">What.</param>
    /// <param name="events">Takes what happens.</param>
    /// <param name="whenWatched">Brings the workers: where nothing that happens may be missed, they must not come before.</param>
    public async Task<Run> TrainAsync(RunConfiguration configuration, List<RunEvent>? events = null, Func<Task>? whenWatched = null) =>
        await WaitAsync(await StartRunAsync(configuration), events, whenWatched);

    public ValueTask StopHostAsync() => _host.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _host.DisposeAsync();
        _folder.Dispose();
    }
}
