namespace Maml.Cluster.Coordinator.Tests.Rounds.Simulation;

/// <summary>A lease in the plain bookkeeping.</summary>
internal sealed class ReferenceLease(ulong id, ReferenceWorker worker, ReferenceRound round, ReferenceChunk chunk, bool isSpeculative, TimeSpan granted)
{
    public ulong Id => id;

    public ReferenceWorker Worker => worker;

    public ReferenceRound Round => round;

    public ReferenceChunk Chunk => chunk;

    public bool IsSpeculative => isSpeculative;

    public TimeSpan Granted { get; set; } = granted;

    /// <summary>When its worker will answer, for workers that do.</summary>
    public TimeSpan AnswerDue { get; set; }

    public bool IsExtra => isSpeculative && chunk.Holders[0] != this;
}
