using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Services;

namespace Maml.Cluster.Coordinator.Clustering.Forwarding;

/// <summary>Has a call about a run answered by whoever has the run: here, by another coordinator, or by the run's record.</summary>
internal sealed class ForwardedCalls(RunRouter router, Peers peers, ShutdownSignal shutdown)
{
    // A run that moves is found again, but a fault that does not pass must reach the client.
    private const int Attempts = 20;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Has a call answered.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="context">The call.</param>
    /// <param name="here">Answers where the run is under way here.</param>
    /// <param name="elsewhere">Passes the call on.</param>
    /// <param name="otherwise">Answers where the run is over, or on its way, and whoever asks need not wait; null to wait.</param>
    /// <param name="mayRepeat">Whether the call can be passed on once more after an owner was lost; it can by default.</param>
    public async Task<T> AnswerAsync<T>(
        string runId, ServerCallContext context, Func<Task<T>> here, Func<GrpcChannel, CallOptions, Task<T>> elsewhere, Func<RunRoute, Task<T>?> otherwise,
        Func<bool>? mayRepeat = null)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, shutdown.Token);
        CancellationToken cancellationToken = ended.Token;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                RunRoute route = await router.FindAsync(runId, cancellationToken);
                if (route is RunRoute.Here) return await here();
                if (Peers.IsForwarded(context)) throw new RpcException(new Status(StatusCode.Unavailable, $"Run '{runId}' is not here any more."));
                if (otherwise(route) is { } answer) return await answer;
                if (route is not RunRoute.Elsewhere) route = await router.SettleAsync(runId, cancellationToken);
                if (route is RunRoute.Elsewhere owner) return await PassOnAsync(runId, owner, context, elsewhere);
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable && attempt < Attempts && !Peers.IsForwarded(context) && mayRepeat?.Invoke() != false
                && !shutdown.Token.IsCancellationRequested)
            {
                await Task.Delay(RetryDelay, cancellationToken);
            }
            catch (OperationCanceledException) when (shutdown.Token.IsCancellationRequested)
            {
                throw ShutdownSignal.Fault();
            }
            catch (Exception e) when (RpcFaults.IsForClients(e))
            {
                throw RpcFaults.ToRpcException(e);
            }
        }
    }

    /// <summary>Passes a call on, and takes it back when the run has left that coordinator.</summary>
    /// <exception cref="RpcException">What it answered; UNAVAILABLE when it has not, since the run has left.</exception>
    public async Task<T> PassOnAsync<T>(string runId, RunRoute.Elsewhere owner, ServerCallContext context, Func<GrpcChannel, CallOptions, Task<T>> call)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, shutdown.Token);
        Task<T> answer = call(peers.Connect(owner.Owner), new CallOptions(peers.HeadersFor(context), cancellationToken: ended.Token));
        Task left = router.LeftAsync(runId, owner, ended.Token);
        await Task.WhenAny(answer, left);

        // Ends whichever of the two is still under way.
        await ended.CancelAsync();
        await left;
        try
        {
            return await answer;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Cancelled && !context.CancellationToken.IsCancellationRequested)
        {
            // By this one, since the run has left or this one ends, or by an owner that ends and resets its streams.
            if (shutdown.Token.IsCancellationRequested) throw ShutdownSignal.Fault();
            throw new RpcException(new Status(StatusCode.Unavailable, $"Run '{runId}' has left the coordinator that was asked."));
        }
    }
}
