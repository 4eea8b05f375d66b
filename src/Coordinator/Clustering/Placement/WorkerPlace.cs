namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>Where a worker is.</summary>
/// <param name="Coordinator">The coordinator that it is, or was last, attached to.</param>
/// <param name="Since">Since when it counts for that one, or for the one that it moves to.</param>
internal sealed record WorkerPlace(string Coordinator, TimeSpan Since)
{
    /// <summary>The coordinator that it is to go to; null where it stays.</summary>
    public string? MovingTo { get; init; }

    /// <summary>Since when it is attached to nobody; null where it is.</summary>
    public TimeSpan? LeftAt { get; init; }

    /// <summary>The coordinator that it is counted for.</summary>
    public string CountsFor => MovingTo ?? Coordinator;

    /// <summary>The same worker, on its way to another coordinator.</summary>
    public WorkerPlace Send(string coordinator, TimeSpan now) => this with { MovingTo = coordinator, Since = now };
}
