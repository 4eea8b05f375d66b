using System.Threading.Channels;
using Grpc.Core;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Worker.Sessions;

/// <summary>
/// What a session has to say, written to the stream by one loop: a gRPC stream takes one message at a time. Messages that were
/// posted together stay together, so that nothing comes between a result and its frames.
/// </summary>
internal sealed class Outbox
{
    // A worker that is faster than the network waits here, and not with gigabytes of gradients in memory.
    private const int Capacity = 16;

    private readonly Channel<WorkerMessage[]> _messages = Channel.CreateBounded<WorkerMessage[]>(Capacity);

    /// <summary>Posts messages that belong together.</summary>
    /// <exception cref="ChannelClosedException">The session has ended.</exception>
    public ValueTask PostAsync(WorkerMessage[] messages, CancellationToken cancellationToken) => _messages.Writer.WriteAsync(messages, cancellationToken);

    /// <summary>Takes nothing more; <see cref="WriteAllAsync"/> ends when the rest is written.</summary>
    public void Close() => _messages.Writer.TryComplete();

    /// <summary>Writes everything that is posted until the outbox is closed.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task WriteAllAsync(IClientStreamWriter<WorkerMessage> stream, CancellationToken cancellationToken)
    {
        await foreach (WorkerMessage[] messages in _messages.Reader.ReadAllAsync(cancellationToken))
        {
            foreach (WorkerMessage message in messages) await stream.WriteAsync(message, cancellationToken);
        }
    }
}
