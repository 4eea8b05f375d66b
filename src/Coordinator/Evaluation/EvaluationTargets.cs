using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.Recovery;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Evaluation;

/// <summary>Finds what a client wants evaluated.</summary>
internal sealed class EvaluationTargets(RunRegistry runs, CoordinatorOptions options, ILogger<EvaluationTargets> logger)
{
    /// <summary>A run: its θ as it is now, or one of its checkpoints.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="choice">Which θ; where it says nothing, θ as it is now, or else the newest checkpoint that holds.</param>
    /// <param name="iteration">Iterations before the checkpoint, where the choice says so.</param>
    /// <exception cref="RunNotFoundException">There is no such run, neither here nor as a folder.</exception>
    /// <exception cref="CheckpointException">The run has no such checkpoint that can be used.</exception>
    public EvaluationTarget OfRun(string runId, ParametersChoice choice = ParametersChoice.Unspecified, ulong iteration = 0)
    {
        if (choice == ParametersChoice.Unspecified && runs.Find(runId) is { } run && run.CopyParameters() is { } parameters)
        {
            RunSnapshot snapshot = run.Snapshot;
            return new EvaluationTarget(runId, snapshot.Configuration, parameters, snapshot.Iteration, DataSetHashIn(snapshot.Directory));
        }

        string? folder = ConfinedPath.Resolve(options.RunsDirectory, runId);
        if (folder is null || !Directory.Exists(folder))
            throw new RunNotFoundException($"There is no run '{runId}' in {Path.GetFullPath(options.RunsDirectory)}. Check the identifier.");
        return Of(ReadChosen(RunFolder.CheckpointsIn(folder), choice, iteration), folder);
    }

    /// <summary>A checkpoint file.</summary>
    /// <param name="relativePath">Its path within the folder of runs.</param>
    /// <exception cref="RunNotFoundException">There is no such file, or it is outside the folder of runs.</exception>
    /// <exception cref="CheckpointException">It cannot be used.</exception>
    public EvaluationTarget OfCheckpoint(string relativePath)
    {
        string root = Path.GetFullPath(options.RunsDirectory);
        string? path = ConfinedPath.Resolve(root, relativePath);
        if (path is null)
            throw new RunNotFoundException($"Found checkpoint '{relativePath}', expected a path relative to {root} that does not leave it.");
        return File.Exists(path)
            ? Of(CheckpointReader.Read(path), Path.GetDirectoryName(Path.GetDirectoryName(path))!)
            : throw new RunNotFoundException($"There is no checkpoint '{relativePath}' in {root}. Check the path.");
    }

    private Checkpoint ReadChosen(string folder, ParametersChoice choice, ulong iteration)
    {
        string? first = null;
        void Report(string fault)
        {
            first ??= fault;
            logger.PassedOver(fault);
        }

        (Checkpoint? checkpoint, string wanted) = choice switch
        {
            ParametersChoice.Best => (CheckpointStore.ReadBest(folder, Report), "checkpoint with an evaluation"),
            ParametersChoice.Iteration => (CheckpointFolder.ReadAt(folder, iteration, Report), $"checkpoint of iteration {iteration}"),
            _ => (CheckpointStore.ReadNewest(folder, Report), "checkpoint"),
        };
        return checkpoint
            ?? throw new CheckpointException(first ?? $"{folder}: found no {wanted}, expected one. Wait until the run has saved one, or choose another.");
    }

    private static EvaluationTarget Of(Checkpoint checkpoint, string folder) =>
        new(checkpoint.RunId, checkpoint.Configuration, checkpoint.Parameters, checkpoint.Iteration, DataSetHashIn(folder));

    // A checkpoint may have been taken out of its run's folder; then the data folder alone says what to draw from.
    private static string DataSetHashIn(string folder)
    {
        try
        {
            return RunDocumentFile.Read(RunFolder.Open(folder).Record).DataSetHash;
        }
        catch (RunRecordException)
        {
            return "";
        }
    }
}
