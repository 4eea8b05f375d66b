using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Evaluation;

/// <summary>What <c>RUN-DIR|CHECKPOINT</c> names, as a coordinator finds it.</summary>
/// <param name="RunsDirectory">The folder that the coordinator must serve.</param>
/// <param name="Name">The target within it.</param>
/// <param name="IsRun">Whether the target is a run's folder rather than a checkpoint.</param>
internal sealed record EvaluationTarget(string RunsDirectory, string Name, bool IsRun)
{
    private const string CheckpointExtension = ".safetensors";

    /// <summary>Looks at what is there.</summary>
    /// <exception cref="CommandFailedException">There is nothing, or nothing that can be evaluated.</exception>
    public static EvaluationTarget Find(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string name = Path.GetFileName(full);
        string parent = Path.GetDirectoryName(full) ?? full;
        if (File.Exists(full))
        {
            return name.EndsWith(CheckpointExtension, StringComparison.OrdinalIgnoreCase)
                ? new(parent, name, IsRun: false)
                : throw new CommandFailedException($"'{path}' is not a checkpoint; expected a run's folder or one of its checkpoints/*{CheckpointExtension}.");
        }

        if (!Directory.Exists(full))
            throw new CommandFailedException($"There is no '{path}'; expected a run's folder, as 'maml train' prints it, or a checkpoint.");
        return Directory.Exists(Path.Combine(full, "checkpoints"))
            ? new(parent, name, IsRun: true)
            : throw new CommandFailedException($"'{path}' is not a run's folder: it has no checkpoints. Name the folder that 'maml train' printed.");
    }

    /// <summary>The target as part of a request.</summary>
    public EvaluateRequest ToRequest() => IsRun ? new() { RunId = Name } : new() { Checkpoint = Name };
}
