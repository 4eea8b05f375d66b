namespace Maml.Cluster.Coordinator.Hosting;

/// <summary>
/// Ends the streams that would otherwise stay open for ever. Raised after the runs have stopped, and not with the host's own
/// signal: the runs need the workers' streams until then.
/// </summary>
internal sealed class ShutdownSignal(TimeProvider time) : IDisposable
{
    // A client that reads takes a message within milliseconds; one that does not shall not delay the end for longer.
    private static readonly TimeSpan WriteGrace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenSource _writes = new(Timeout.InfiniteTimeSpan, time);

    /// <summary>Cancelled when streams shall end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Cancelled a second later, for what is on its way to clients at that moment.</summary>
    public CancellationToken WriteToken => _writes.Token;

    /// <summary>Ends the streams.</summary>
    public Task RaiseAsync()
    {
        _writes.CancelAfter(WriteGrace);
        return _source.CancelAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _source.Dispose();
        _writes.Dispose();
    }
}
