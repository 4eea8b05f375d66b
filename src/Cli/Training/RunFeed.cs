using System.Runtime.CompilerServices;
using Grpc.Core;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Training;

/// <summary>The events of one run, from the coordinator.</summary>
internal static class RunFeed
{
    /// <summary>Every event until the run has ended.</summary>
    public static async IAsyncEnumerable<RunEvent> WatchAsync(
        RunService.RunServiceClient runs, string runId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using AsyncServerStreamingCall<RunEvent> call = runs.WatchRun(new WatchRunRequest { RunId = runId }, cancellationToken: cancellation);
        await foreach (RunEvent next in call.ResponseStream.ReadAllAsync(cancellation)) yield return next;
    }
}
