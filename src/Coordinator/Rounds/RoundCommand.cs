namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>Something that <see cref="RoundScheduler"/> wants done.</summary>
internal abstract record RoundCommand
{
    /// <summary>Hand a chunk to a worker.</summary>
    /// <param name="LeaseId">Never used twice.</param>
    /// <param name="Worker">Who computes it.</param>
    /// <param name="Round">The round.</param>
    /// <param name="Chunk">Position of the chunk, from 0.</param>
    /// <param name="Deadline">When the lease ends, on the clock of the events.</param>
    internal sealed record Lease(ulong LeaseId, string Worker, long Round, int Chunk, TimeSpan Deadline) : RoundCommand;

    /// <summary>Tell a worker that a lease is void.</summary>
    internal sealed record Revoke(ulong LeaseId, string Worker) : RoundCommand;

    /// <summary>Count the result that was just reported; once for each chunk.</summary>
    internal sealed record Accept(long Round, int Chunk) : RoundCommand;

    /// <summary>All chunks of a round were accepted.</summary>
    internal sealed record RoundCompleted(long Round) : RoundCommand;

    /// <summary>A chunk cannot be computed by anyone; the round is over.</summary>
    internal sealed record RoundFailed(long Round, string Reason) : RoundCommand;
}
