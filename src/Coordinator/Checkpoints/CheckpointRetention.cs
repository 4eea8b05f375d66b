namespace Maml.Cluster.Coordinator.Checkpoints;

/// <summary>Which checkpoints stay: the newest and, besides, those with the best scores.</summary>
/// <param name="Keep">How many of the newest; 1 or more.</param>
/// <param name="KeepBest">How many of the best; 0 or more. One without a score is never among them.</param>
internal sealed record CheckpointRetention(int Keep, int KeepBest)
{
    /// <summary>Those that stay, oldest first.</summary>
    /// <param name="entries">One an iteration.</param>
    /// <param name="higherIsBetter">What is better: a higher score, or a lower one.</param>
    public IReadOnlyList<CheckpointEntry> Choose(IReadOnlyCollection<CheckpointEntry> entries, bool higherIsBetter)
    {
        IEnumerable<CheckpointEntry> newest = entries.OrderByDescending(entry => entry.Iteration).Take(Keep);
        return [.. newest.Union(BestFirst(entries, higherIsBetter).Take(KeepBest)).OrderBy(entry => entry.Iteration)];
    }

    /// <summary>Those with a score, the best first; of equal ones that which was trained longer.</summary>
    public static IEnumerable<CheckpointEntry> BestFirst(IEnumerable<CheckpointEntry> entries, bool higherIsBetter) => entries
        .Where(entry => entry.Score is not null)
        .OrderByDescending(entry => higherIsBetter ? entry.Score : -entry.Score)
        .ThenByDescending(entry => entry.Iteration);
}
