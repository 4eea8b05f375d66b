namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>How long leases last.</summary>
internal static class LeaseDurations
{
    /// <summary>Time for some chunks that are handed out as one.</summary>
    /// <param name="chunk">Time that a worker has for a chunk.</param>
    /// <param name="count">
    /// Chunks. A group's time is that of its chunks one after the other and one more, to try one again: whoever takes a group has leases of
    /// its own for them, which end sooner, and shows that it lives meanwhile.
    /// </param>
    public static TimeSpan Of(TimeSpan chunk, int count) => count == 1 ? chunk : chunk * (count + 1);
}
