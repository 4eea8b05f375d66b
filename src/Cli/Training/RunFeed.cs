using System.Runtime.CompilerServices;
using Grpc.Core;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Training;

/// <summary>The events of one run, from the coordinator.</summary>
internal static class RunFeed
{
    // A coordinator of a cluster that ends has another in its place within this time; one that is alone may have been started again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Every event until the run has ended.</summary>
    public static async IAsyncEnumerable<RunEvent> WatchAsync(
        RunService.RunServiceClient runs, string runId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using AsyncServerStreamingCall<RunEvent> call = runs.WatchRun(new WatchRunRequest { RunId = runId }, cancellationToken: cancellation);
        await foreach (RunEvent next in call.ResponseStream.ReadAllAsync(cancellation)) yield return next;
    }

    /// <summary>Every event until the run has ended, beyond the end of the coordinator that tells of them: it is dialled again for a while.</summary>
    /// <param name="runs">Dials whichever coordinator answers at an address.</param>
    /// <param name="runId">The run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the watching.</param>
    public static async IAsyncEnumerable<RunEvent> WatchOnAsync(
        RunService.RunServiceClient runs, string runId, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation)
    {
        bool isFollowed = false;
        long lost = 0;
        while (true)
        {
            await using IAsyncEnumerator<RunEvent> events = WatchAsync(runs, runId, cancellation).GetAsyncEnumerator(cancellation);
            while (true)
            {
                try
                {
                    if (!await events.MoveNextAsync()) yield break;
                }
                catch (RpcException e) when (IsLoss(e, cancellation) && isFollowed && (lost == 0 || time.GetElapsedTime(lost) < Patience))
                {
                    break;
                }

                (isFollowed, lost) = (true, 0);
                yield return events.Current;
            }

            if (lost == 0) lost = time.GetTimestamp();
            await Task.Delay(RetryDelay, time, cancellation);
        }
    }

    // A halted coordinator is found by its pings, which is INTERNAL; a connection that breaks is UNAVAILABLE, and a stream that is reset by one
    // that ends CANCELLED.
    private static bool IsLoss(RpcException fault, CancellationToken cancellation) =>
        fault.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled && !cancellation.IsCancellationRequested;
}
