namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>How a lease ended.</summary>
internal enum LeaseOutcome
{
    /// <summary>With a result that counts.</summary>
    Accepted,

    /// <summary>With a failure or nonsense.</summary>
    Failed,

    /// <summary>Its worker left, or was let go.</summary>
    Lost,

    /// <summary>Its time was up.</summary>
    Expired,

    /// <summary>Another worker was faster with the same chunk.</summary>
    Overtaken,

    /// <summary>It was speculative and had to make room.</summary>
    Preempted,

    /// <summary>Its worker was put in quarantine.</summary>
    Quarantined,

    /// <summary>Its round had ended.</summary>
    Abandoned,
}
