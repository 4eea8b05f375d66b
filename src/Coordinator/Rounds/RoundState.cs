namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>A round that has not ended.</summary>
internal sealed class RoundState
{
    private readonly (ChunkTimes Chunk, ChunkTimes Group) _times;

    /// <summary>Starts with every chunk waiting, in order.</summary>
    /// <param name="number">The round's number.</param>
    /// <param name="chunks">Its chunks.</param>
    /// <param name="group">Chunks that wait as one, for a worker that takes them so.</param>
    /// <param name="times">How long a chunk, and a group, takes in such rounds.</param>
    public RoundState(long number, int chunks, int group, (ChunkTimes Chunk, ChunkTimes Group) times)
    {
        Number = number;
        Chunks = chunks;
        Remaining = chunks;
        _times = times;
        for (int chunk = 0; chunk < chunks; chunk += group) Waiting.AddLast(new ChunkState(chunk, Math.Min(group, chunks - chunk)));
    }

    /// <summary>The round's number.</summary>
    public long Number { get; }

    /// <summary>Chunks that it began with.</summary>
    public int Chunks { get; }

    /// <summary>Chunks that can be handed out, the next one first.</summary>
    public LinkedList<ChunkState> Waiting { get; } = [];

    /// <summary>Chunks that failed and are not tried again yet.</summary>
    public List<ChunkState> Delayed { get; } = [];

    /// <summary>Leases that run, the oldest first.</summary>
    public List<LeaseState> Leases { get; } = [];

    /// <summary>Chunks not accepted yet.</summary>
    public int Remaining { get; set; }

    /// <summary>Chunks that have got extra leases.</summary>
    public int Speculated { get; set; }

    /// <summary>How long such chunks, or such groups, take.</summary>
    public ChunkTimes TimesOf(ChunkState chunk) => chunk.Count > 1 ? _times.Group : _times.Chunk;

    /// <summary>Makes single chunks of a group that waits, for a worker that takes no groups.</summary>
    /// <returns>The first, in the place of the group.</returns>
    public LinkedListNode<ChunkState> Split(LinkedListNode<ChunkState> group)
    {
        ChunkState whole = group.Value;
        LinkedListNode<ChunkState> last = group;
        for (int i = 0; i < whole.Count; i++) last = Waiting.AddAfter(last, new ChunkState(whole.Index + i));
        LinkedListNode<ChunkState> first = group.Next!;
        Waiting.Remove(group);
        return first;
    }

    // To the front, here and below: the round cannot end without the chunk, and it has waited longest.

    /// <summary>Hands a chunk out again as soon as its delay allows, unless another worker is at it.</summary>
    public void Requeue(ChunkState chunk, TimeSpan now)
    {
        if (chunk.Holders > 0) return;
        if (chunk.NotBefore > now) Delayed.Add(chunk);
        else Waiting.AddFirst(chunk);
    }

    /// <summary>Makes chunks available whose delay is over.</summary>
    /// <returns>When the next delay is over; null when there is none.</returns>
    public TimeSpan? EndDelays(TimeSpan now)
    {
        TimeSpan? next = null;
        for (int i = Delayed.Count - 1; i >= 0; i--)
        {
            ChunkState chunk = Delayed[i];
            if (chunk.NotBefore > now)
            {
                next = next < chunk.NotBefore ? next : chunk.NotBefore;
                continue;
            }

            Delayed.RemoveAt(i);
            Waiting.AddFirst(chunk);
        }

        return next;
    }
}
