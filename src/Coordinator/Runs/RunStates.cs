namespace Maml.Cluster.Coordinator.Runs;

/// <summary>The rules of <see cref="RunState"/>.</summary>
internal static class RunStates
{
    /// <summary>Whether nothing follows in the life of this coordinator.</summary>
    public static bool IsEnded(this RunState state) =>
        state is RunState.Completed or RunState.Stopped or RunState.Failed or RunState.Suspended or RunState.Moved;

    /// <summary>Whether it goes on elsewhere, or here at another time.</summary>
    public static bool GoesOn(this RunState state) => state is RunState.Suspended or RunState.Moved;

    /// <summary>Whether the run has a place among the active ones, so that workers coming and going change its state.</summary>
    public static bool IsActive(this RunState state) => state is RunState.Running or RunState.WaitingForWorkers;

    /// <summary>Whether a run may change from one state to another.</summary>
    public static bool MayBecome(this RunState from, RunState to) => (from, to) switch
    {
        (RunState.Starting or RunState.Queued or RunState.Paused, RunState.WaitingForWorkers or RunState.Running) => true,
        (RunState.Starting or RunState.Paused, RunState.Queued) => true,
        (RunState.Starting or RunState.Queued, RunState.Paused) => true,
        (RunState.WaitingForWorkers, RunState.Running) => true,
        (RunState.Running, RunState.WaitingForWorkers) => true,

        (RunState.Running or RunState.WaitingForWorkers, RunState.Paused) => true,

        // A run that goes on may find that all is done, whatever it waits for, and the last worker may leave before its end.
        (_, RunState.Completed or RunState.Stopped or RunState.Failed or RunState.Suspended or RunState.Moved) => !from.IsEnded(),
        _ => false,
    };
}
