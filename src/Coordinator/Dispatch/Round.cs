using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>A round under way. Disposing it before its end abandons it.</summary>
internal sealed class Round : IDisposable
{
    // Completed and failed rounds are known to the dispatcher; abandoning them changes nothing.
    private readonly RoundDispatcher _dispatcher;
    private readonly Channel<ChunkOutcome> _outcomes;
    private readonly ConcurrentQueue<(ChunkOutcome? Outcome, RoundFailedException? Fault)> _undelivered = new();
    private int _deliveries;

    /// <summary>Made by <see cref="RoundDispatcher.Start"/>.</summary>
    public Round(RoundDispatcher dispatcher, long number, RoundWork work)
    {
        _dispatcher = dispatcher;
        Number = number;
        Work = work;

        // Who brings the last outcome of an iteration goes on with it: all workers wait for that, and nobody else has to wake up for it.
        bool isHurried = work.Purpose == ChunkPurpose.MetaGradient;
        _outcomes = Channel.CreateUnbounded<ChunkOutcome>(
            new UnboundedChannelOptions { AllowSynchronousContinuations = isHurried, SingleReader = true });
    }

    /// <summary>Unique within the coordinator's life.</summary>
    public long Number { get; }

    /// <summary>What is computed.</summary>
    public RoundWork Work { get; }

    /// <summary>The trace that it is a part of; none where nobody listens.</summary>
    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

    /// <summary>
    /// Every chunk once, in the order of arrival. For a meta-gradient the reader runs on the thread that brought a chunk, or that cancels, and
    /// has to leave it before anything that takes long.
    /// </summary>
    /// <exception cref="RoundFailedException">A chunk cannot be computed.</exception>
    public IAsyncEnumerable<ChunkOutcome> ReadAllAsync(CancellationToken cancellationToken) =>
        _outcomes.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Tells the workers which chunks are likely to follow, so that they can draw them while they wait.</summary>
    /// <param name="next">What the run's next round will compute.</param>
    public void Forecast(IReadOnlyList<Chunk> next) => _dispatcher.Forecast(Number, next);

    /// <inheritdoc/>
    public void Dispose() => _dispatcher.Abandon(Number);

    /// <summary>Takes an outcome in, for <see cref="Deliver"/>.</summary>
    internal void Add(ChunkOutcome outcome) => _undelivered.Enqueue((outcome, null));

    /// <summary>Takes in that no more outcomes come, for <see cref="Deliver"/>.</summary>
    internal void End(RoundFailedException? fault) => _undelivered.Enqueue((null, fault));

    /// <summary>
    /// Hands on what was taken in, in that order, and runs the reader while it does. Not to be called with a lock held. Who comes while another
    /// is at it leaves it to that one.
    /// </summary>
    internal void Deliver()
    {
        if (Interlocked.Increment(ref _deliveries) > 1) return;
        do
        {
            while (_undelivered.TryDequeue(out (ChunkOutcome? Outcome, RoundFailedException? Fault) next))
            {
                if (next.Outcome is { } outcome) _outcomes.Writer.TryWrite(outcome);
                else _outcomes.Writer.TryComplete(next.Fault);
            }
        }
        while (Interlocked.Decrement(ref _deliveries) > 0);
    }
}
