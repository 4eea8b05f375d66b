namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>Times that double and are bounded.</summary>
internal static class Doubling
{
    // Beyond it the multiplication would overflow; a day doubled ten times already exceeds every bound.
    private const int MaximumExponent = 30;

    /// <summary>The first time, doubled as often as asked for, but never more than the longest.</summary>
    public static TimeSpan Of(TimeSpan first, int doublings, TimeSpan longest)
    {
        double ticks = first.Ticks * (double)(1L << Math.Min(doublings, MaximumExponent));
        return ticks < longest.Ticks ? TimeSpan.FromTicks((long)ticks) : longest;
    }
}
