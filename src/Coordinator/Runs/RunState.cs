namespace Maml.Cluster.Coordinator.Runs;

/// <summary>Where a run is in its life.</summary>
internal enum RunState
{
    /// <summary>Preparing initial values.</summary>
    Starting,

    /// <summary>Wants to compute, but no worker is attached.</summary>
    WaitingForWorkers,

    /// <summary>Training or evaluating.</summary>
    Running,

    /// <summary>All iterations done.</summary>
    Completed,

    /// <summary>Stopped on request.</summary>
    Stopped,

    /// <summary>Ended by a fault.</summary>
    Failed,
}
