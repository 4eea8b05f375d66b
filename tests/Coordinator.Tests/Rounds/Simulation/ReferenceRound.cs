namespace Maml.Cluster.Coordinator.Tests.Rounds.Simulation;

/// <summary>A round in the plain bookkeeping.</summary>
internal sealed class ReferenceRound(long number, int chunks)
{
    public long Number => number;

    public ReferenceChunk[] Chunks { get; } = [.. Enumerable.Range(0, chunks).Select(_ => new ReferenceChunk())];

    public int Speculated { get; set; }

    /// <summary>Leases that other rounds got since this one's turn, while it could have used one.</summary>
    public Dictionary<long, int> PassedBy { get; } = [];

    public bool HasUnheld() => Array.Exists(Chunks, chunk => chunk.IsUnheld);

    public bool CanUseAnyWorker(TimeSpan now) => Array.Exists(Chunks, chunk => chunk.IsWaiting(now) && chunk.Suspects.Count == 0);
}
