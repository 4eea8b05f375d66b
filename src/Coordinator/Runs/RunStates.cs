namespace Maml.Cluster.Coordinator.Runs;

/// <summary>The rules of <see cref="RunState"/>.</summary>
internal static class RunStates
{
    /// <summary>Whether nothing follows.</summary>
    public static bool IsEnded(this RunState state) => state is RunState.Completed or RunState.Stopped or RunState.Failed;

    /// <summary>Whether a run may change from one state to another.</summary>
    public static bool MayBecome(this RunState from, RunState to) => (from, to) switch
    {
        (RunState.Starting, RunState.WaitingForWorkers or RunState.Running) => true,
        (RunState.WaitingForWorkers, RunState.Running) => true,
        (RunState.Running, RunState.WaitingForWorkers or RunState.Completed) => true,

        // The last worker may leave between its last answer and the end of the run.
        (RunState.WaitingForWorkers, RunState.Completed) => true,
        (_, RunState.Stopped or RunState.Failed) => !from.IsEnded(),
        _ => false,
    };
}
