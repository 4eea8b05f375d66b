using Grpc.Core;
using Maml.Cluster.Coordinator.Hosting;

namespace Maml.Cluster.Coordinator.Services.Reflection;

/// <summary>A stream of questions that stays open for as long as its client likes, and no longer than the coordinator.</summary>
internal static class ReflectionCall
{
    /// <summary>Serves it to its end.</summary>
    /// <exception cref="RpcException">UNAVAILABLE: the coordinator ends.</exception>
    public static async Task ServeAsync(Task call, ShutdownSignal shutdown)
    {
        try
        {
            await call.WaitAsync(shutdown.Token);
        }
        catch (OperationCanceledException) when (shutdown.Token.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The coordinator is shutting down."));
        }
    }
}
