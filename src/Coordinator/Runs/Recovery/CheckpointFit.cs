using System.Text.Json;
using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Runs.Recovery;

/// <summary>Whether a run may go on from a checkpoint.</summary>
internal static class CheckpointFit
{
    /// <summary>
    /// Requires that the checkpoint was made with everything that θ depends on. What is evaluated and kept on the way may have changed
    /// since, and how many iterations there are, unless the learning rate follows from their number.
    /// </summary>
    /// <param name="checkpoint">Where the run would go on.</param>
    /// <param name="configuration">The run's configuration now.</param>
    /// <param name="folder">The run's folder, for the message.</param>
    /// <exception cref="RunRecordException">It was not; the message names every setting that differs.</exception>
    public static void Require(Checkpoint checkpoint, RunConfiguration configuration, string folder)
    {
        HashSet<string> found = [.. Settings(checkpoint.Configuration)];
        string[] differences = [.. Settings(configuration).Where(setting => !found.Contains(setting)).Select(setting => $"{Environment.NewLine}  - {setting}")];
        if (differences.Length == 0) return;
        throw new RunRecordException(
            $"{folder}: the checkpoint of iteration {checkpoint.Iteration} was made with other settings than config.yaml has now, in:{string.Concat(differences)}"
            + $"{Environment.NewLine}Give config.yaml its values back, or start a new run from it.");
    }

    private static IEnumerable<string> Settings(RunConfiguration configuration)
    {
        Protos.V1.RunConfiguration message = RunConfigurationMessages.ToMessage(configuration);
        message.Name = "";
        message.Evaluation = null;
        message.Checkpoints = null;
        if (configuration.Outer.Schedule == LearningRateSchedule.Constant) message.Outer.Iterations = 0;
        using JsonDocument settings = JsonDocument.Parse(message.ToString());
        return [.. Flatten("", settings.RootElement)];
    }

    private static IEnumerable<string> Flatten(string path, JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(property => Flatten(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value))
        : [$"{path}: {element}"];
}
