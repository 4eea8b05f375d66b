namespace Maml.Cluster.Coordinator.Runs;

/// <summary>Where a run is in its life.</summary>
internal enum RunState
{
    /// <summary>Preparing data and values.</summary>
    Starting,

    /// <summary>Waits for one of the active runs to end or pause.</summary>
    Queued,

    /// <summary>Wants to compute, but no worker is attached.</summary>
    WaitingForWorkers,

    /// <summary>Training or evaluating.</summary>
    Running,

    /// <summary>Paused on request.</summary>
    Paused,

    /// <summary>Left as it is because the coordinator shuts down; goes on when that starts again.</summary>
    Suspended,

    /// <summary>Left at once, since another coordinator of the cluster may have it by now.</summary>
    Moved,

    /// <summary>All iterations done.</summary>
    Completed,

    /// <summary>Stopped on request.</summary>
    Stopped,

    /// <summary>Ended by a fault.</summary>
    Failed,
}
