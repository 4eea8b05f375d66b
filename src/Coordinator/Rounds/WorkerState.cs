namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>A worker as the scheduler sees it.</summary>
/// <param name="id">Its identifier.</param>
/// <param name="slots">Chunks that it takes at once.</param>
internal sealed class WorkerState(string id, int slots)
{
    /// <summary>Its identifier.</summary>
    public string Id => id;

    /// <summary>Leases that it holds.</summary>
    public int Held { get; set; }

    /// <summary>Whether it is about to leave.</summary>
    public bool IsDraining { get; set; }

    /// <summary>Whether it can be handed a chunk.</summary>
    public bool IsFree => !IsDraining && Held < slots;
}
