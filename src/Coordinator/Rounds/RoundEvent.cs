namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>Something that happened, as <see cref="RoundScheduler"/> is told of it.</summary>
internal abstract record RoundEvent
{
    /// <summary>A round begins: all of its chunks want to be computed.</summary>
    /// <param name="Round">Its number; not used before.</param>
    /// <param name="Chunks">How many chunks it has; 1 or more.</param>
    internal sealed record RoundStarted(long Round, int Chunks) : RoundEvent;

    /// <summary>A round is no longer wanted. Nothing happens when it has ended already.</summary>
    internal sealed record RoundAbandoned(long Round) : RoundEvent;

    /// <summary>A worker is there, and takes that many chunks at once.</summary>
    internal sealed record WorkerJoined(string Worker, int Slots) : RoundEvent;

    /// <summary>A worker is about to leave: it ends what it holds and takes nothing new.</summary>
    internal sealed record WorkerDraining(string Worker) : RoundEvent;

    /// <summary>A worker is gone, and with it whatever it held.</summary>
    internal sealed record WorkerLeft(string Worker) : RoundEvent;

    /// <summary>A worker answered a lease.</summary>
    internal sealed record ChunkCompleted(string Worker, ulong Lease) : RoundEvent;

    /// <summary>A worker could not compute a chunk, or answered nonsense.</summary>
    internal sealed record ChunkFailed(string Worker, ulong Lease, string Reason) : RoundEvent;

    /// <summary>Time has passed; leases may have ended.</summary>
    internal sealed record Tick : RoundEvent;
}
