using Grpc.Net.Client;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Scale;

/// <summary>A coordinator in a process of its own, its stubs in this one, and a run that goes on until it is disposed.</summary>
internal sealed class ScaleCluster : IAsyncDisposable
{
    // Connections, first pages of memory and compilation are behind then.
    private const int WarmUpRounds = 3;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    private readonly List<StubWorker> _stubs = [];

    private ScaleCluster(CoordinatorProcess coordinator, int parameters)
    {
        Coordinator = coordinator;
        Parameters = parameters;
        Rounds = new RoundWatch(coordinator);
    }

    /// <summary>The coordinator.</summary>
    public CoordinatorProcess Coordinator { get; }

    /// <summary>The exact length of θ.</summary>
    public int Parameters { get; }

    /// <summary>Sees the rounds begin.</summary>
    public RoundWatch Rounds { get; }

    /// <summary>Starts everything; returns when the first rounds are done.</summary>
    public static async Task<ScaleCluster> StartAsync(ScaleOptions options, int workers, int parameters, CancellationToken cancellationToken)
    {
        RunConfiguration configuration = ScaleConfiguration.Create(workers * options.ChunksPerWorker, parameters, options.GradientPrecision);
        var cluster = new ScaleCluster(await CoordinatorProcess.StartAsync(), ScaleConfiguration.CountParameters(configuration));
        try
        {
            await cluster.StartRunAsync(configuration, options, workers, cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (StubWorker stub in _stubs) await stub.DisposeAsync();
        Coordinator.Dispose();
    }

    private async Task StartRunAsync(RunConfiguration configuration, ScaleOptions options, int workers, CancellationToken cancellationToken)
    {
        var gradient = new CannedGradient(Parameters, options.GradientPrecision);
        for (int index = 0; index < workers; index++)
            _stubs.Add(await StubWorker.AttachAsync(Coordinator.Address, index, gradient, options, Rounds));
        using GrpcChannel channel = GrpcChannel.ForAddress(Coordinator.Address);
        await new RunService.RunServiceClient(channel).StartRunAsync(
            new StartRunRequest { Configuration = RunConfigurationMessages.ToMessage(configuration) }, cancellationToken: cancellationToken);
        for (int round = 0; round < WarmUpRounds; round++) await Rounds.NextAsync(cancellationToken);
        await Task.Delay(WarmUp, cancellationToken);
    }
}
