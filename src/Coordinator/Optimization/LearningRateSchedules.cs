using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Optimization;

/// <summary>The outer learning rate over a run.</summary>
internal static class LearningRateSchedules
{
    /// <summary>The step size of an iteration.</summary>
    /// <param name="outer">The run's outer loop.</param>
    /// <param name="iteration">The iteration, from 0.</param>
    public static double At(OuterConfiguration outer, long iteration) => outer.Schedule switch
    {
        LearningRateSchedule.Constant => outer.LearningRate,

        // Zero is reached after the last update, not in it: an update of size zero would be an iteration for nothing.
        LearningRateSchedule.Cosine => outer.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * iteration / outer.Iterations)),
        _ => throw new ArgumentOutOfRangeException(nameof(outer), outer.Schedule, "There is no such schedule."),
    };
}
