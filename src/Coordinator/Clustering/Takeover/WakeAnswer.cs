namespace Maml.Cluster.Coordinator.Clustering.Takeover;

/// <summary>What was found when somebody looked after a run.</summary>
internal enum WakeAnswer
{
    /// <summary>The ledger has no such run.</summary>
    Absent,

    /// <summary>It is over.</summary>
    Over,

    /// <summary>It is under way here.</summary>
    Here,

    /// <summary>Another coordinator has it.</summary>
    Elsewhere,

    /// <summary>Nobody has it, and it cannot go on here for now.</summary>
    Waiting,
}
