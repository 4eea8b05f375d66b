using Grpc.Core;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.News;
using Maml.Cluster.Coordinator.Security.Admission;
using Maml.Cluster.Coordinator.Services;
using Maml.Cluster.Protos.V1;
using RunState = Maml.Cluster.Protos.V1.RunState;

namespace Maml.Cluster.Coordinator.Clustering.Forwarding;

/// <summary>Follows a run for a client, wherever the run goes: that it moves is a gap in the events, and not their end.</summary>
internal sealed class ForwardedWatch(
    RunRouter router, RunRegistry runs, RecordedRuns recorded, Peers peers, ShutdownSignal shutdown, AdmissionGates gates)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>Follows it to its end.</summary>
    public async Task RunAsync(WatchRunRequest request, IServerStreamWriter<RunEvent> responses, ServerCallContext context)
    {
        using IDisposable admission = gates.Watchers.Enter();
        using var client = new ClientStream<RunEvent>(responses, context, shutdown);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, shutdown.Token);
        try
        {
            bool isFirst = true;
            while (!await FollowAsync(request, client, context, isFirst, ended.Token))
            {
                isFirst = false;
                await Task.Delay(RetryDelay, ended.Token);
            }
        }
        catch (Exception) when (shutdown.Token.IsCancellationRequested)
        {
            throw ShutdownSignal.Fault();
        }
        catch (Exception e) when (RpcFaults.IsForClients(e))
        {
            throw RpcFaults.ToRpcException(e);
        }
    }

    // Whether the run has ended.
    private async Task<bool> FollowAsync(
        WatchRunRequest request, ClientStream<RunEvent> client, ServerCallContext context, bool isFirst, CancellationToken cancellationToken)
    {
        RunRoute route;
        try
        {
            route = await router.FindAsync(request.RunId, cancellationToken);
        }
        catch (IOException) when (!isFirst)
        {
            return false;
        }

        switch (route)
        {
            case RunRoute.Here when runs.Find(request.RunId) is { } run:
                return await FollowHereAsync(run, client, cancellationToken);
            case var _ when Peers.IsForwarded(context):
                throw new RpcException(new Status(StatusCode.Unavailable, $"Run '{request.RunId}' is not here any more."));
            case RunRoute.Elsewhere owner:
                return await FollowThereAsync(request, owner, client, context, cancellationToken);
            case RunRoute.AtRest(var entry):
                await client.WriteAsync(new RunEvent { Run = RunMessages.ToMessage(recorded.Of(entry)) });
                return true;
            case RunRoute.Adrift(var entry) when isFirst:
                await client.WriteAsync(new RunEvent { Run = RunMessages.ToMessage(recorded.Of(entry)) });
                return false;
            default:
                return false;
        }
    }

    private static async Task<bool> FollowHereAsync(Runs.Run run, ClientStream<RunEvent> client, CancellationToken cancellationToken)
    {
        RunSubscription subscription = run.Subscribe();
        try
        {
            await foreach (RunNews news in subscription.ReadCalmlyAsync(cancellationToken))
            {
                if (news is RunNews.Changed changed && changed.Run.State.GoesOn()) return false;
                await client.WriteAsync(RunMessages.ToMessage(news));
            }
        }
        finally
        {
            run.Unsubscribe(subscription);
        }

        return true;
    }

    private async Task<bool> FollowThereAsync(
        WatchRunRequest request, RunRoute.Elsewhere owner, ClientStream<RunEvent> client, ServerCallContext context, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task left = EndWhenLeftAsync(request.RunId, owner, ended);
        try
        {
            using AsyncServerStreamingCall<RunEvent> call = new RunService.RunServiceClient(peers.Connect(owner.Owner))
                .WatchRun(request, new CallOptions(peers.HeadersFor(context), cancellationToken: ended.Token));
            RunState last = RunState.Unspecified;
            await foreach (RunEvent next in call.ResponseStream.ReadAllAsync(ended.Token))
            {
                if (next.Run is { } changed) last = changed.State;
                if (last == RunState.Suspended) return false;
                await client.WriteAsync(next);
            }

            return last is RunState.Completed or RunState.Stopped or RunState.Failed;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested
            && (ended.IsCancellationRequested || e is RpcException { StatusCode: StatusCode.Unavailable or StatusCode.NotFound or StatusCode.Internal or StatusCode.Cancelled }))
        {
            // The owner is gone, or the run is: it is looked for again. An owner that ends may reset its streams, which reads as cancelled.
            return false;
        }
        finally
        {
            await ended.CancelAsync();
            await left;
        }
    }

    private async Task EndWhenLeftAsync(string runId, RunRoute.Elsewhere owner, CancellationTokenSource ended)
    {
        await router.LeftAsync(runId, owner, ended.Token);
        await ended.CancelAsync();
    }
}
