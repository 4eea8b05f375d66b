using Grpc.Core;

namespace Maml.Cluster.Coordinator.Hosting;

/// <summary>
/// Ends the streams that would otherwise stay open for ever. Raised after the runs have stopped, and not with the host's own
/// signal: the runs need the workers' streams until then.
/// </summary>
internal sealed class ShutdownSignal : IDisposable
{
    /// <summary>A client that reads takes a message within milliseconds; one that does not shall not delay the end for longer.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenSource _grace;

    public ShutdownSignal(TimeProvider time)
    {
        _grace = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        (Token, GraceToken) = (_source.Token, _grace.Token);
    }

    /// <summary>Cancelled when streams shall end.</summary>
    public CancellationToken Token { get; }

    /// <summary>Cancelled a second later, for what is on its way to clients, or from them, at that moment.</summary>
    public CancellationToken GraceToken { get; }

    /// <summary>What a client reads whose call it has ended.</summary>
    public static RpcException Fault() => new(new Status(StatusCode.Unavailable, "The coordinator is shutting down."));

    /// <summary>Ends the streams.</summary>
    public Task RaiseAsync()
    {
        _grace.CancelAfter(Grace);
        return _source.CancelAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _source.Dispose();
        _grace.Dispose();
    }
}
