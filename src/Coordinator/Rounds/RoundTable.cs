namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>The rounds that have not ended, and whose turn it is.</summary>
internal sealed class RoundTable(LeaseTable leases)
{
    // Far more than runs are active at once; a series that is forgotten begins to learn anew.
    private const int MaximumSeries = 128;

    private readonly Dictionary<long, RoundState> _rounds = [];
    private readonly OrderedDictionary<RoundSeries, (ChunkTimes Chunk, ChunkTimes Group)> _series = [];

    /// <summary>The rounds, the one whose turn is next first.</summary>
    public LinkedList<RoundState> Turns { get; } = [];

    /// <summary>Adds a round.</summary>
    public void Add(RoundEvent.RoundStarted started)
    {
        if (!_series.TryGetValue(started.Series, out (ChunkTimes Chunk, ChunkTimes Group) times))
        {
            if (_series.Count == MaximumSeries) _series.RemoveAt(0);
            _series.Add(started.Series, times = (new ChunkTimes(), new ChunkTimes()));
        }

        var round = new RoundState(started.Round, started.Chunks, Math.Max(1, started.Group), times);
        _rounds.Add(started.Round, round);
        Turns.AddLast(round);
    }

    /// <summary>Ends a round and its leases. Nothing happens when it has ended already.</summary>
    public void End(long number, List<RoundCommand> commands)
    {
        if (!_rounds.Remove(number, out RoundState? round)) return;
        Turns.Remove(round);
        for (int i = round.Leases.Count - 1; i >= 0; i--)
        {
            LeaseState lease = round.Leases[i];
            leases.Void(lease);
            commands.Add(new RoundCommand.Revoke(lease.Id, lease.Worker.Id, RevokeReason.RoundEnded));
        }
    }

    /// <summary>The round whose turn it is; it goes to the end of the queue.</summary>
    public RoundState Rotate()
    {
        LinkedListNode<RoundState> first = Turns.First!;
        Turns.RemoveFirst();
        Turns.AddLast(first);
        return first.Value;
    }
}
