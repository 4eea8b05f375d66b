using System.Threading.Channels;
using Grpc.Core;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Shared.Sessions;

/// <summary>
/// What a session has to say, written to the stream by one loop: a gRPC stream takes one message at a time. Messages that were
/// posted together stay together, so that nothing comes between a result and its frames. Safe for use by several threads.
/// </summary>
public sealed class Outbox
{
    // A worker that is faster than the network waits here, and not with gigabytes of gradients in memory.
    private const int Capacity = 16;

    private static readonly WriteOptions Flushed = new();
    private static readonly WriteOptions Buffered = new(WriteFlags.BufferHint);

    private readonly Channel<(WorkerMessage[] Messages, Action? Written)> _messages =
        Channel.CreateBounded<(WorkerMessage[] Messages, Action? Written)>(
            // Who posts begins to write: an answer that waited for another thread to wake up would come late.
            new BoundedChannelOptions(Capacity) { AllowSynchronousContinuations = true, SingleReader = true });

    /// <summary>Posts messages that belong together.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="written">Called when they are written and their buffers may be used again; never called where the stream breaks before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ChannelClosedException">The session has ended.</exception>
    public ValueTask PostAsync(WorkerMessage[] messages, Action? written, CancellationToken cancellationToken) =>
        _messages.Writer.WriteAsync((messages, written), cancellationToken);

    /// <summary>Posts messages that belong together.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ChannelClosedException">The session has ended.</exception>
    public ValueTask PostAsync(WorkerMessage[] messages, CancellationToken cancellationToken) => PostAsync(messages, written: null, cancellationToken);

    /// <summary>Takes nothing more; <see cref="WriteAllAsync"/> ends when the rest is written.</summary>
    public void Close() => _messages.Writer.TryComplete();

    /// <summary>Writes everything that is posted until the outbox is closed.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task WriteAllAsync(IAsyncStreamWriter<WorkerMessage> stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        await foreach ((WorkerMessage[] messages, Action? written) in _messages.Reader.ReadAllAsync(cancellationToken))
        {
            for (int i = 0; i < messages.Length; i++)
            {
                // A result and its first frame leave together: each departure wakes a thread on either side.
                stream.WriteOptions = i == 0 && messages.Length > 1 ? Buffered : Flushed;
                await stream.WriteAsync(messages[i], cancellationToken);
            }

            written?.Invoke();
        }
    }
}
