namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>What a worker is good for.</summary>
internal enum WorkerStatus
{
    /// <summary>It takes chunks.</summary>
    Active,

    /// <summary>It ends what it holds and leaves.</summary>
    Draining,

    /// <summary>It collected too many strikes and gets no chunks for a while.</summary>
    Quarantined,
}
