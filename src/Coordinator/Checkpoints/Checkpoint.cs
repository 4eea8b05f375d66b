using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Checkpoints;

/// <summary>All that is needed to go on from an iteration, or to evaluate there.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Configuration">Its configuration.</param>
/// <param name="Iteration">Iterations done.</param>
/// <param name="OptimizerStep">Updates that Adam has made.</param>
/// <param name="Parameters">θ.</param>
/// <param name="FirstMoment">Adam's m.</param>
/// <param name="SecondMoment">Adam's v.</param>
internal sealed record Checkpoint(
    string RunId,
    RunConfiguration Configuration,
    long Iteration,
    long OptimizerStep,
    ReadOnlyMemory<float> Parameters,
    ReadOnlyMemory<float> FirstMoment,
    ReadOnlyMemory<float> SecondMoment)
{
    /// <summary>Seconds spent in iterations so far, over all starts of the run; evaluations, checkpoints and pauses are not counted.</summary>
    public double TrainingSeconds { get; init; }

    /// <summary>Seconds that the run has been at work so far, over all its starts; evaluations and waiting are counted.</summary>
    public double WallSeconds { get; init; }
}
