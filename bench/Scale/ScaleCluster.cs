using Grpc.Net.Client;
using Maml.Cluster.Aggregator.Hosting;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Scale;

/// <summary>A coordinator in a process of its own, its stubs in this one, and a run that goes on until it is disposed.</summary>
internal sealed class ScaleCluster : IAsyncDisposable
{
    // Connections, first pages of memory and compilation are behind then.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    private readonly List<AggregatorHost> _aggregators = [];
    private readonly List<StubWorker> _stubs = [];
    private readonly GrpcChannel _channel;
    private RunTraffic? _traffic;

    private ScaleCluster(CoordinatorProcess coordinator, int parameters)
    {
        Coordinator = coordinator;
        Parameters = parameters;
        _channel = GrpcChannel.ForAddress(coordinator.Address);
        Rounds = new RoundWatch(coordinator);
    }

    /// <summary>The coordinator.</summary>
    public CoordinatorProcess Coordinator { get; }

    /// <summary>The exact length of θ.</summary>
    public int Parameters { get; }

    /// <summary>Bytes of the coordinator's messages in a round, both ways together.</summary>
    public long CoordinatorBytes => _traffic!.BytesOfNewestRound;

    private RoundWatch Rounds { get; }

    /// <summary>Starts everything; returns when the first rounds are done.</summary>
    public static async Task<ScaleCluster> StartAsync(ScaleOptions options, int workers, int parameters, CancellationToken cancellationToken)
    {
        RunConfiguration configuration = ScaleConfiguration.Create(
            workers * options.ChunksPerWorker, parameters, options.GradientPrecision, options.GroupFor(workers));
        var cluster = new ScaleCluster(await CoordinatorProcess.StartAsync(), ScaleConfiguration.CountParameters(configuration));
        try
        {
            await cluster.AttachAsync(options, workers, cancellationToken);
            await cluster.StartRunAsync(configuration, options, cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for the next round to begin.</summary>
    /// <exception cref="InvalidOperationException">The coordinator has let a stub go, so that what comes is no measurement.</exception>
    public async Task<RoundSample> NextRoundAsync(CancellationToken cancellationToken)
    {
        Task<RoundSample> next = Rounds.NextAsync(cancellationToken);
        Task first = await Task.WhenAny([next, .. _stubs.Select(stub => stub.Serving)]);
        if (first != next) await first;
        return await next;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _traffic?.Dispose();
        _channel.Dispose();
        foreach (StubWorker stub in _stubs) await stub.DisposeAsync();
        foreach (AggregatorHost aggregator in _aggregators) await aggregator.DisposeAsync();
        Coordinator.Dispose();
    }

    private async Task AttachAsync(ScaleOptions options, int workers, CancellationToken cancellationToken)
    {
        for (int index = 0; index < options.Aggregators; index++)
        {
            _aggregators.Add(await AggregatorHost.StartAsync(
                new AggregatorOptions
                {
                    Coordinator = Coordinator.Address,
                    Name = $"aggregator-{index}",
                    Serving = new CoordinatorOptions { Port = 0, ConfigureLogging = _ => { } },
                },
                cancellationToken));
        }

        var gradient = new CannedGradient(Parameters, options.GradientPrecision);
        for (int index = 0; index < workers; index++)
        {
            Uri address = _aggregators.Count == 0 ? Coordinator.Address : _aggregators[index % _aggregators.Count].Address;
            _stubs.Add(await StubWorker.AttachAsync(address, index, gradient, options, Rounds));
        }
    }

    private async Task StartRunAsync(RunConfiguration configuration, ScaleOptions options, CancellationToken cancellationToken)
    {
        var client = new RunService.RunServiceClient(_channel);
        Run run = await client.StartRunAsync(
            new StartRunRequest { Configuration = RunConfigurationMessages.ToMessage(configuration) }, cancellationToken: cancellationToken);
        _traffic = new RunTraffic(client, run.RunId);
        for (int round = 0; round < options.WarmUpRounds; round++) await NextRoundAsync(cancellationToken);
        await Task.Delay(WarmUp, cancellationToken);
    }
}
