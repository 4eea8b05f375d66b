namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>A chunk in a worker's hands.</summary>
internal sealed class LeaseState(ulong id, WorkerState worker, RoundState round, ChunkState chunk, LeaseKind kind, TimeSpan granted, TimeSpan duration)
{
    /// <summary>The lease.</summary>
    public ulong Id => id;

    /// <summary>Who holds it.</summary>
    public WorkerState Worker => worker;

    /// <summary>The round.</summary>
    public RoundState Round => round;

    /// <summary>The chunk.</summary>
    public ChunkState Chunk => chunk;

    /// <summary>Why it was granted.</summary>
    public LeaseKind Kind => kind;

    /// <summary>Since when it runs.</summary>
    public TimeSpan Granted { get; private set; } = granted;

    /// <summary>When it ends.</summary>
    public TimeSpan Deadline => Granted + duration;

    /// <summary>Whether the round would lose nothing by its end: another worker has held the chunk for longer.</summary>
    public bool IsExtra => kind == LeaseKind.Speculative && chunk.Holders > 1 && round.Leases.Exists(other => other.Chunk == chunk && other.Id < id);

    /// <summary>Does not count a time in which the coordinator stood still.</summary>
    public void Shift(TimeSpan by) => Granted += by;
}
