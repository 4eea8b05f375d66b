using Grpc.Core;
using Maml.Cluster.Coordinator.Hosting;

namespace Maml.Cluster.Coordinator.Services;

/// <summary>
/// The messages that a call sends to its client. One that is on its way when the coordinator ends may arrive: gRPC resets the stream of a
/// message that is cancelled, and the client reads CANCELLED, as if by its own wish, and not UNAVAILABLE.
/// </summary>
/// <param name="responses">Where they go.</param>
/// <param name="context">The call.</param>
/// <param name="shutdown">The coordinator's end.</param>
internal sealed class ClientStream<T>(IServerStreamWriter<T> responses, ServerCallContext context, ShutdownSignal shutdown) : IDisposable
{
    private readonly CancellationTokenSource _ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, shutdown.GraceToken);

    /// <summary>Sends one, and waits while the client does not read.</summary>
    /// <exception cref="OperationCanceledException">The client has gone, or did not read until the coordinator had to end.</exception>
    public Task WriteAsync(T message) => responses.WriteAsync(message, _ended.Token);

    /// <inheritdoc/>
    public void Dispose() => _ended.Dispose();
}
