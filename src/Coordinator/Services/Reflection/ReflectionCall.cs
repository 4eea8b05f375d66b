using Grpc.Core;
using Maml.Cluster.Coordinator.Hosting;

namespace Maml.Cluster.Coordinator.Services.Reflection;

/// <summary>
/// A stream of questions that stays open for as long as its client likes, and no longer than the coordinator. The library's service waits
/// for its client alone.
/// </summary>
internal static class ReflectionCall
{
    /// <summary>Serves it to its end.</summary>
    /// <param name="questions">What the client asks.</param>
    /// <param name="answers">Where the answers go.</param>
    /// <param name="context">The call.</param>
    /// <param name="shutdown">The coordinator's end.</param>
    /// <param name="serve">The library's service.</param>
    /// <exception cref="RpcException">UNAVAILABLE: the coordinator ends.</exception>
    public static async Task ServeAsync<TQuestion, TAnswer>(
        IAsyncStreamReader<TQuestion> questions, IServerStreamWriter<TAnswer> answers, ServerCallContext context, ShutdownSignal shutdown,
        Func<IAsyncStreamReader<TQuestion>, IServerStreamWriter<TAnswer>, Task> serve)
    {
        using var client = new ClientStream<TAnswer>(answers, context, shutdown);
        try
        {
            await serve(new Questions<TQuestion>(questions, shutdown.Token), new Answers<TAnswer>(client));
        }
        catch (OperationCanceledException) when (shutdown.Token.IsCancellationRequested)
        {
            throw ShutdownSignal.Fault();
        }
    }

    private sealed class Questions<T>(IAsyncStreamReader<T> questions, CancellationToken ended) : IAsyncStreamReader<T>
    {
        public T Current => questions.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ended);
            return await questions.MoveNext(either.Token);
        }
    }

    private sealed class Answers<T>(ClientStream<T> client) : IServerStreamWriter<T>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(T message) => client.WriteAsync(message);
    }
}
