using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Runs.Recovery;

/// <summary>Whether a run may go on from a checkpoint.</summary>
internal static class CheckpointFit
{
    /// <summary>
    /// Requires that the checkpoint was made with everything that θ depends on. How many iterations there are, and what is
    /// evaluated and kept on the way, may have changed since.
    /// </summary>
    /// <param name="checkpoint">Where the run would go on.</param>
    /// <param name="configuration">The run's configuration now.</param>
    /// <param name="folder">The run's folder, for the message.</param>
    /// <exception cref="RunRecordException">It was not; the message names every setting that differs.</exception>
    public static void Require(Checkpoint checkpoint, RunConfiguration configuration, string folder)
    {
        string[] found = Lines(checkpoint.Configuration, configuration);
        string[] expected = Lines(configuration, configuration);
        string[] differences = [.. expected.Except(found).Select(line => $"{Environment.NewLine}  - {line.Trim()}")];
        if (differences.Length == 0) return;
        throw new RunRecordException(
            $"{folder}: the checkpoint of iteration {checkpoint.Iteration} was made with other settings than config.yaml has now, in:{string.Concat(differences)}"
            + $"{Environment.NewLine}Give config.yaml its values back, or start a new run from it.");
    }

    private static string[] Lines(RunConfiguration configuration, RunConfiguration mayDiffer) => RunConfigurationFile.Write(configuration with
    {
        Name = mayDiffer.Name,
        Outer = configuration.Outer with { Iterations = mayDiffer.Outer.Iterations },
        Evaluation = mayDiffer.Evaluation,
        Checkpoints = mayDiffer.Checkpoints,
    }).Split('\n');
}
