namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>Something that happened, as <see cref="RoundScheduler"/> is told of it.</summary>
internal abstract record RoundEvent
{
    /// <summary>A round begins: all of its chunks want to be computed.</summary>
    /// <param name="Round">Its number; not used before.</param>
    /// <param name="Chunks">How many chunks it has; 1 or more.</param>
    /// <param name="Series">Rounds that it is like.</param>
    /// <param name="Group">Chunks of a group, which workers that take groups get as one; 0 and 1 mean no groups.</param>
    internal sealed record RoundStarted(long Round, int Chunks, RoundSeries Series = default, int Group = 0) : RoundEvent;

    /// <summary>A round is no longer wanted. Nothing happens when it has ended already.</summary>
    internal sealed record RoundAbandoned(long Round) : RoundEvent;

    /// <summary>A worker is there, and takes that many chunks at once.</summary>
    /// <param name="Worker">Identifier of the attachment; not used before.</param>
    /// <param name="Slots">Chunks at once; 1 or more, and 0 or more for one that takes groups.</param>
    /// <param name="Name">Its name, which strikes stick to; not that of another attached worker. The identifier where it is null.</param>
    /// <param name="TakesGroups">Whether it is handed whole groups, as long as it holds fewer chunks than it has slots.</param>
    internal sealed record WorkerJoined(string Worker, int Slots, string? Name = null, bool TakesGroups = false) : RoundEvent;

    /// <summary>A worker that takes groups has another number of slots. With none it loses what it holds, and is not to blame.</summary>
    internal sealed record WorkerResized(string Worker, int Slots) : RoundEvent;

    /// <summary>A worker has shown that it lives.</summary>
    /// <param name="Worker">Who.</param>
    /// <param name="At">When it did, on the clock of the events; not in the future.</param>
    internal sealed record WorkerSeen(string Worker, TimeSpan At) : RoundEvent;

    /// <summary>A worker is about to leave: it ends what it holds and takes nothing new.</summary>
    internal sealed record WorkerDraining(string Worker) : RoundEvent;

    /// <summary>A worker is gone, and with it whatever it held.</summary>
    internal sealed record WorkerLeft(string Worker) : RoundEvent;

    /// <summary>A worker answered a lease.</summary>
    internal sealed record ChunkCompleted(string Worker, ulong Lease) : RoundEvent;

    /// <summary>A worker could not compute a chunk, or answered nonsense.</summary>
    internal sealed record ChunkFailed(string Worker, ulong Lease, string Reason) : RoundEvent;

    /// <summary>A worker answered a lease that it does not hold; late, or out of thin air.</summary>
    internal sealed record StrayAnswer(string Worker, ulong Lease) : RoundEvent;

    /// <summary>Time has passed: leases, delays and quarantines may have ended, and workers may have been silent for too long.</summary>
    internal sealed record Tick : RoundEvent;
}
