namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>Why a chunk is handed out.</summary>
internal enum LeaseKind
{
    /// <summary>It was not handed out before.</summary>
    First,

    /// <summary>It failed, or was lost.</summary>
    Retry,

    /// <summary>The worker that holds it takes long.</summary>
    Speculative,
}
