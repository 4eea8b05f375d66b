using System.Collections.Concurrent;
using System.Threading.Channels;
using Maml.Cluster.Shared.Sessions;

namespace Maml.Cluster.Worker.Sessions.Chunks;

/// <summary>The chunks that a session holds: those that wait, in order of arrival, and the one that is computed.</summary>
internal sealed class ChunkQueue
{
    // Who takes a chunk in hands it on to the device: nobody else need wake up for it.
    private readonly Channel<HeldChunk> _waiting = Channel.CreateUnbounded<HeldChunk>(
        new UnboundedChannelOptions { AllowSynchronousContinuations = true, SingleReader = true });

    private readonly ConcurrentDictionary<ulong, HeldChunk> _held = new();

    /// <summary>Whether no chunk is held.</summary>
    public bool IsEmpty => _held.IsEmpty;

    /// <summary>Takes a chunk in.</summary>
    /// <returns>Whether the queue is still open.</returns>
    /// <exception cref="ProtocolException">The lease is held already.</exception>
    public bool TryAdd(HeldChunk chunk)
    {
        ulong id = chunk.Lease.LeaseId;
        if (!_held.TryAdd(id, chunk)) throw new ProtocolException($"The coordinator sent lease {id} twice.");
        chunk.Theta.Hold();
        if (_waiting.Writer.TryWrite(chunk)) return true;
        Release(chunk);
        return false;
    }

    /// <summary>Every chunk as it comes due; ends when the queue is closed and empty.</summary>
    public IAsyncEnumerable<HeldChunk> ReadAllAsync(CancellationToken cancellationToken) => _waiting.Reader.ReadAllAsync(cancellationToken);

    /// <summary>The chunk has been answered or dropped.</summary>
    public void Release(HeldChunk chunk)
    {
        if (_held.TryRemove(chunk.Lease.LeaseId, out _)) chunk.Theta.LetGo();
    }

    /// <summary>Marks a lease as void. One that is not held any more is of no interest: its answer is on its way.</summary>
    public void Revoke(ulong leaseId)
    {
        if (_held.TryGetValue(leaseId, out HeldChunk? chunk)) chunk.Revoke();
    }

    /// <summary>Marks every lease of a run as void.</summary>
    public void RevokeRun(string runId)
    {
        foreach (HeldChunk chunk in _held.Values.Where(chunk => chunk.Run.RunId == runId)) chunk.Revoke();
    }

    /// <summary>Takes nothing in any more.</summary>
    public void Close() => _waiting.Writer.TryComplete();
}
