using Grpc.Core;

namespace Maml.Cluster.Coordinator.Services.Methods;

/// <summary>A stream of requests whose broken frames end in a status, as messages that cannot be read do.</summary>
/// <typeparam name="T">The message.</typeparam>
internal sealed class CheckedStreamReader<T>(IAsyncStreamReader<T> requests, ServerCallContext context) : IAsyncStreamReader<T>
{
    /// <inheritdoc/>
    public T Current => requests.Current;

    /// <inheritdoc/>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        try
        {
            return await requests.MoveNext(cancellationToken);
        }
        catch (Exception e) when (e is IOException or InvalidDataException && !context.CancellationToken.IsCancellationRequested)
        {
            throw RpcFaults.Invalid($"The stream holds no frame where one was expected: {e.Message}");
        }
    }
}
