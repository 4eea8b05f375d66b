using Maml.Cluster.Coordinator.Dispatch;

namespace Maml.Cluster.Coordinator.Runs.Training;

/// <summary>What one worker has done in a round so far. Seconds and timestamps.</summary>
internal struct WorkerShare
{
    /// <summary>When its first lease was handed to its stream.</summary>
    public long FirstSent;

    /// <summary>When its newest result was taken in.</summary>
    public long LastReceived;

    /// <summary>How long the chunk of its first lease waited before it was computed.</summary>
    public double Queued;

    /// <summary>Drawing tensors.</summary>
    public double Tensors;

    /// <summary>Inner steps, query losses and meta-gradients.</summary>
    public double Compute;

    /// <summary>Of those, the inner steps.</summary>
    public double InnerSteps;

    /// <summary>Of those, the query losses.</summary>
    public double Query;

    /// <summary>Of those, the meta-gradients.</summary>
    public double MetaGradient;

    /// <summary>Adds a chunk.</summary>
    /// <param name="chunk">Where its time went.</param>
    /// <param name="roundBegan">Counts as sent, where it is not known when it was.</param>
    /// <param name="now">When its result was taken in.</param>
    public void Add(in ChunkTrace chunk, long roundBegan, long now)
    {
        // Chunks behind the first wait for it to be computed: that is no time lost.
        long sent = Math.Max(chunk.SentAt, roundBegan);
        if (FirstSent == 0 || sent < FirstSent) (FirstSent, Queued) = (sent, chunk.Queued);
        LastReceived = now;
        Tensors += chunk.Tensors;
        Compute += chunk.Compute;
        InnerSteps += chunk.InnerSteps;
        Query += chunk.Query;
        MetaGradient += chunk.MetaGradient;
    }
}
