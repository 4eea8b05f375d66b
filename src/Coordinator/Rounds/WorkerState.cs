namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>A worker as the scheduler sees it.</summary>
/// <param name="id">Identifier of the attachment.</param>
/// <param name="slots">Chunks that it takes at once.</param>
/// <param name="conduct">How it has behaved, in earlier attachments too.</param>
/// <param name="lastSeen">When it joined.</param>
/// <param name="takesGroups">Whether it is handed whole groups.</param>
internal sealed class WorkerState(string id, int slots, WorkerConduct conduct, TimeSpan lastSeen, bool takesGroups = false)
{
    /// <summary>Identifier of the attachment.</summary>
    public string Id => id;

    /// <summary>Its name.</summary>
    public string Name => conduct.Name;

    /// <summary>How it has behaved.</summary>
    public WorkerConduct Conduct => conduct;

    /// <summary>Leases that it holds, the oldest first.</summary>
    public List<LeaseState> Leases { get; } = [];

    /// <summary>Chunks that it holds; each of a group counts.</summary>
    public int Chunks { get; set; }

    /// <summary>Chunks that it takes at once.</summary>
    public int Slots { get; set; } = slots;

    /// <summary>Whether it is handed whole groups.</summary>
    public bool TakesGroups => takesGroups;

    /// <summary>Leases that it lost before it answered.</summary>
    public VoidedLeases Voided { get; } = new();

    /// <summary>When it last gave a sign of life.</summary>
    public TimeSpan LastSeen { get; set; } = lastSeen;

    /// <summary>Whether it is about to leave.</summary>
    public bool IsDraining { get; set; }

    /// <summary>What it is good for.</summary>
    public WorkerStatus Status => IsDraining ? WorkerStatus.Draining : conduct.IsQuarantined ? WorkerStatus.Quarantined : WorkerStatus.Active;

    /// <summary>Whether it can be handed a chunk, or a group, now; on trial it holds one at most.</summary>
    public bool IsFree => Status == WorkerStatus.Active && Chunks < (conduct.IsOnTrial ? Math.Min(1, Slots) : Slots);

    /// <summary>Whether a chunk, or a group, can be handed to it as it is.</summary>
    public bool Takes(ChunkState chunk) => takesGroups || chunk.Count == 1;
}
