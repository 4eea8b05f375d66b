namespace Maml.Cluster.Coordinator.Hosting;

/// <summary>
/// Ends the streams that would otherwise stay open for ever. Raised after the runs have stopped, and not with the host's own
/// signal: the runs need the workers' streams until then.
/// </summary>
internal sealed class ShutdownSignal : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    /// <summary>Cancelled when streams shall end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Ends the streams.</summary>
    public Task RaiseAsync() => _source.CancelAsync();

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
