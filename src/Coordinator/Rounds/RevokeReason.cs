namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>Why a lease ends without its worker's doing.</summary>
internal enum RevokeReason
{
    /// <summary>The round is over.</summary>
    RoundEnded,

    /// <summary>Its time was up.</summary>
    Expired,

    /// <summary>Another worker was faster with the same chunk.</summary>
    Overtaken,

    /// <summary>It was speculative, and a chunk that nobody holds needs its place.</summary>
    Preempted,

    /// <summary>The worker is in quarantine.</summary>
    Quarantined,

    /// <summary>The worker is an aggregator, and no workers are behind it any more.</summary>
    Emptied,
}
