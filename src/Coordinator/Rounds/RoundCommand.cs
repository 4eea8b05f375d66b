namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>Something that <see cref="RoundScheduler"/> wants done, or made known.</summary>
internal abstract record RoundCommand
{
    /// <summary>Hand a chunk to a worker.</summary>
    /// <param name="LeaseId">Never used twice.</param>
    /// <param name="Worker">Who computes it.</param>
    /// <param name="Round">The round.</param>
    /// <param name="Chunk">Position of the chunk, from 0.</param>
    /// <param name="Deadline">When the lease ends, on the clock of the events.</param>
    /// <param name="Kind">Why it is handed out.</param>
    /// <param name="Count">Chunks that are handed out as one, from that on.</param>
    internal sealed record Lease(
        ulong LeaseId, string Worker, long Round, int Chunk, TimeSpan Deadline, LeaseKind Kind = LeaseKind.First, int Count = 1) : RoundCommand;

    /// <summary>Tell a worker that a lease is void.</summary>
    internal sealed record Revoke(ulong LeaseId, string Worker, RevokeReason Reason) : RoundCommand;

    /// <summary>Count the result that was just reported; once for each chunk.</summary>
    /// <param name="Round">The round.</param>
    /// <param name="Chunk">Position of the chunk, from 0.</param>
    /// <param name="IsSpeculative">Whether the lease was speculative.</param>
    internal sealed record Accept(long Round, int Chunk, bool IsSpeculative = false) : RoundCommand;

    /// <summary>All chunks of a round were accepted.</summary>
    internal sealed record RoundCompleted(long Round) : RoundCommand;

    /// <summary>A chunk cannot be computed by anyone; the round is over.</summary>
    internal sealed record RoundFailed(long Round, string Reason) : RoundCommand;

    /// <summary>Let a worker go; what it held has gone to others.</summary>
    internal sealed record Dismiss(string Worker, string Reason) : RoundCommand;

    /// <summary>A worker has misbehaved.</summary>
    /// <param name="Name">Its name; it may have left.</param>
    /// <param name="Strikes">Strikes that it has now.</param>
    /// <param name="Reason">What it did.</param>
    internal sealed record Strike(string Name, int Strikes, string Reason) : RoundCommand;

    /// <summary>A worker gets no chunks for a while.</summary>
    internal sealed record Quarantine(string Name, TimeSpan Duration) : RoundCommand;

    /// <summary>A quarantine is over: the worker gets one chunk to prove itself.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="IsEarly">Whether it ends before its time, since no other worker could take a chunk.</param>
    internal sealed record Trial(string Name, bool IsEarly) : RoundCommand;

    /// <summary>A worker has proved itself and is trusted as before.</summary>
    internal sealed record Trust(string Name) : RoundCommand;
}
