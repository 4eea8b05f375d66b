using Grpc.Net.Client;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Scale;

/// <summary>Measures one pair of sizes, with a coordinator of its own.</summary>
internal static class ScaleMeasurement
{
    // Connections, first pages of memory and compilation are behind then.
    private const int WarmUpRounds = 3;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Measures.</summary>
    public static async Task<ScaleResult> RunAsync(ScaleOptions options, int workers, int parameters, CancellationToken cancellationToken)
    {
        RunConfiguration configuration = ScaleConfiguration.Create(workers * options.ChunksPerWorker, parameters);
        int count = ScaleConfiguration.CountParameters(configuration);
        using CoordinatorProcess coordinator = await CoordinatorProcess.StartAsync();
        var rounds = new RoundWatch(coordinator);
        var gradient = new CannedGradient(count);
        var stubs = new List<StubWorker>();
        try
        {
            for (int index = 0; index < workers; index++)
                stubs.Add(await StubWorker.AttachAsync(coordinator.Address, index, gradient, options, rounds));
            using GrpcChannel channel = GrpcChannel.ForAddress(coordinator.Address);
            await new RunService.RunServiceClient(channel).StartRunAsync(
                new StartRunRequest { Configuration = RunConfigurationMessages.ToMessage(configuration) }, cancellationToken: cancellationToken);

            for (int round = 0; round < WarmUpRounds; round++) await rounds.NextAsync(cancellationToken);
            await Task.Delay(WarmUp, cancellationToken);
            RoundSample first = await rounds.NextAsync(cancellationToken);
            await Task.Delay(options.Duration, cancellationToken);
            RoundSample last = await rounds.NextAsync(cancellationToken);
            return ScaleResult.Between(first, last, workers, count, coordinator.PeakMemory);
        }
        finally
        {
            foreach (StubWorker stub in stubs) await stub.DisposeAsync();
        }
    }
}
