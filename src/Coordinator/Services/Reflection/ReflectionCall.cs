using Grpc.Core;
using Maml.Cluster.Coordinator.Hosting;

namespace Maml.Cluster.Coordinator.Services.Reflection;

/// <summary>A stream of questions that stays open for as long as its client likes, and no longer than the coordinator.</summary>
internal static class ReflectionCall
{
    /// <summary>Serves it to its end.</summary>
    /// <exception cref="RpcException">UNAVAILABLE: the coordinator ends.</exception>
    public static async Task ServeAsync<T>(IAsyncStreamReader<T> questions, ShutdownSignal shutdown, Func<IAsyncStreamReader<T>, Task> answer)
    {
        try
        {
            await answer(new Questions<T>(questions, shutdown.Token));
        }
        catch (OperationCanceledException) when (shutdown.Token.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The coordinator is shutting down."));
        }
    }

    // The library's service waits for its client alone.
    private sealed class Questions<T>(IAsyncStreamReader<T> questions, CancellationToken ended) : IAsyncStreamReader<T>
    {
        public T Current => questions.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ended);
            return await questions.MoveNext(either.Token);
        }
    }
}
