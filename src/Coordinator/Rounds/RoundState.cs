namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>A round that has not ended.</summary>
internal sealed class RoundState
{
    /// <summary>Starts with every chunk waiting, in order.</summary>
    public RoundState(long number, int chunks)
    {
        Number = number;
        Remaining = chunks;
        for (int chunk = 0; chunk < chunks; chunk++) Waiting.AddLast(new ChunkState(chunk));
    }

    /// <summary>The round's number.</summary>
    public long Number { get; }

    /// <summary>Chunks that no worker holds, the next one first.</summary>
    public LinkedList<ChunkState> Waiting { get; } = [];

    /// <summary>Chunks not accepted yet.</summary>
    public int Remaining { get; set; }
}
