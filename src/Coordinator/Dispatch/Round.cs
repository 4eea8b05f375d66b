using System.Diagnostics;
using System.Threading.Channels;

namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>A round under way. Disposing it before its end abandons it.</summary>
internal sealed class Round : IDisposable
{
    // Completed and failed rounds are known to the dispatcher; abandoning them changes nothing.
    private readonly RoundDispatcher _dispatcher;
    private readonly Channel<ChunkOutcome> _outcomes = Channel.CreateUnbounded<ChunkOutcome>(
        new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Made by <see cref="RoundDispatcher.Start"/>.</summary>
    public Round(RoundDispatcher dispatcher, long number, RoundWork work)
    {
        _dispatcher = dispatcher;
        Number = number;
        Work = work;
    }

    /// <summary>Unique within the coordinator's life.</summary>
    public long Number { get; }

    /// <summary>What is computed.</summary>
    public RoundWork Work { get; }

    /// <summary>The trace that it is a part of; none where nobody listens.</summary>
    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

    /// <summary>Every chunk once, in the order of arrival.</summary>
    /// <exception cref="RoundFailedException">A chunk cannot be computed.</exception>
    public IAsyncEnumerable<ChunkOutcome> ReadAllAsync(CancellationToken cancellationToken) =>
        _outcomes.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Tells the workers which chunks are likely to follow, so that they can draw them while they wait.</summary>
    /// <param name="next">What the run's next round will compute.</param>
    public void Forecast(IReadOnlyList<Chunk> next) => _dispatcher.Forecast(Number, next);

    /// <inheritdoc/>
    public void Dispose() => _dispatcher.Abandon(Number);

    internal void Deliver(ChunkOutcome outcome) => _outcomes.Writer.TryWrite(outcome);

    internal void Complete(RoundFailedException? fault = null) => _outcomes.Writer.TryComplete(fault);
}
