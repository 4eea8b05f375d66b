namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>How long the latest chunks of a series took, from lease to answer.</summary>
internal sealed class ChunkTimes
{
    // Enough for a steady median, few enough to follow a change within a round or two.
    private const int Capacity = 31;
    private const int Fewest = 3;

    private readonly long[] _ticks = new long[Capacity];
    private int _count;
    private int _next;
    private TimeSpan? _median;

    /// <summary>Their median; null as long as too few are known to tell.</summary>
    public TimeSpan? Median
    {
        get
        {
            if (_count < Fewest) return null;
            return _median ??= Compute();
        }
    }

    /// <summary>Adds one, in the place of the oldest.</summary>
    public void Add(TimeSpan time)
    {
        _ticks[_next] = time.Ticks;
        _next = (_next + 1) % Capacity;
        if (_count < Capacity) _count++;
        _median = null;
    }

    private TimeSpan Compute()
    {
        Span<long> sorted = stackalloc long[_count];
        _ticks.AsSpan(0, _count).CopyTo(sorted);
        sorted.Sort();
        return TimeSpan.FromTicks(sorted[_count / 2]);
    }
}
