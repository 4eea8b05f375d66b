using Grpc.Core;
using Maml.Cluster.Coordinator.Hosting;

namespace Maml.Cluster.Coordinator.Services;

/// <summary>A call that computes for a client: it ends with the client's patience or with the coordinator.</summary>
internal static class ClientCall
{
    /// <summary>Computes the answer; what goes wrong becomes what clients are told.</summary>
    /// <param name="context">The call.</param>
    /// <param name="shutdown">The coordinator's end.</param>
    /// <param name="answer">What to do; its token is cancelled with either.</param>
    public static async Task<T> AnswerAsync<T>(ServerCallContext context, ShutdownSignal shutdown, Func<CancellationToken, Task<T>> answer)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, shutdown.Token);
        try
        {
            return await answer(ended.Token);
        }
        catch (Exception e) when (RpcFaults.IsForClients(e))
        {
            throw RpcFaults.ToRpcException(e);
        }
        catch (OperationCanceledException) when (shutdown.Token.IsCancellationRequested)
        {
            throw ShutdownSignal.Fault();
        }
    }
}
