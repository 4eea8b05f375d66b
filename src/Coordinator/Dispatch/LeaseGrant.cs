using System.Diagnostics;

namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>A lease that a worker holds.</summary>
/// <param name="LeaseId">The lease.</param>
/// <param name="Worker">Who holds it.</param>
/// <param name="Round">The round.</param>
/// <param name="Chunk">Position of the chunk, from 0; of a group, that of its first.</param>
/// <param name="Count">Chunks that are leased as one.</param>
internal sealed record LeaseGrant(ulong LeaseId, IWorkerOutbox Worker, Round Round, int Chunk, int Count = 1)
{
    private long _sentAt;
    private long _bytesSent;

    /// <summary>Its span; null where the round is not traced.</summary>
    public Activity? Span { get; init; }

    /// <summary>Tasks of the chunk, or of the group.</summary>
    public int Tasks => Round.Work.CountTasks(Chunk, Count);

    /// <summary>When it was handed to the worker's stream, as a timestamp of the <see cref="TimeProvider"/>; 0 before.</summary>
    public long SentAt => Volatile.Read(ref _sentAt);

    /// <summary>Bytes of its message and of what was sent because of it, θ above all.</summary>
    public long BytesSent => Volatile.Read(ref _bytesSent);

    /// <summary>Notes that its message follows on the worker's stream.</summary>
    public void Send(long now, long bytes)
    {
        Volatile.Write(ref _bytesSent, bytes);
        Volatile.Write(ref _sentAt, now);
    }
}
