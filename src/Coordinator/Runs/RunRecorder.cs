using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Workers;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Runs;

/// <summary>Keeps what happens in a run: in its files, and as news to those who watch it.</summary>
internal sealed class RunRecorder : IDisposable
{
    private static readonly TimeSpan ThroughputWindow = TimeSpan.FromSeconds(5);

    private readonly Run _run;
    private readonly RunFolder _folder;
    private readonly RunRecords _records;
    private readonly CheckpointStore _checkpoints;
    private readonly WorkerRegistry _workers;
    private readonly TimeProvider _time;
    private readonly TaskThroughput _throughput = new(ThroughputWindow);
    private readonly long _began;
    private TimeSpan _training;
    private int _mostWorkers;

    /// <summary>Creates the run's tables.</summary>
    public RunRecorder(Run run, RunContext context, RunFolder folder, WorkerRegistry workers, TimeProvider time, ILogger<RunRecorder> logger)
    {
        _run = run;
        _folder = folder;
        _workers = workers;
        _time = time;
        RunConfiguration configuration = context.Configuration;
        _records = RunRecords.Create(folder, configuration, time, fault => logger.Report(run.RunId, fault));
        _checkpoints = CheckpointStore.Open(
            folder.Checkpoints,
            new CheckpointRetention(configuration.Checkpoints.Keep, configuration.Checkpoints.KeepBest),
            higherIsBetter: context.IsClassification,
            report: fault => logger.FileNotUsed(run.RunId, fault));
        _began = time.GetTimestamp();
    }

    private double Seconds => _time.GetElapsedTime(_began).TotalSeconds;

    /// <summary>Keeps an iteration.</summary>
    /// <param name="iteration">Iterations done, this one included.</param>
    /// <param name="outcome">What it gave.</param>
    /// <param name="duration">How long it took.</param>
    public void Add(long iteration, IterationOutcome outcome, TimeSpan duration)
    {
        _training += duration;
        int workers = _workers.Count;
        _mostWorkers = Math.Max(_mostWorkers, workers);
        double tasksPerSecond = _throughput.Add(_training, _run.Snapshot.Configuration.Outer.TasksPerIteration);
        var record = new IterationRecord(
            iteration, Seconds, outcome.QueryLoss, outcome.QueryAccuracy, outcome.MetaGradientNorm, outcome.LearningRate, tasksPerSecond, workers);
        _records.Add(record);
        _run.Add(record);
    }

    /// <summary>Keeps an evaluation.</summary>
    public void Add(EvaluationSummary evaluation)
    {
        _mostWorkers = Math.Max(_mostWorkers, _workers.Count);
        _records.Add(evaluation, Seconds);
        _run.Add(evaluation);
    }

    /// <summary>Writes a checkpoint.</summary>
    /// <returns>Its path.</returns>
    public string Save(Checkpoint checkpoint)
    {
        string path = _checkpoints.Save(checkpoint with { TrainingSeconds = _training.TotalSeconds, WallSeconds = Seconds });
        _run.AddCheckpoint(checkpoint.Iteration, path);
        return path;
    }

    /// <summary>Writes the summary.</summary>
    /// <param name="state">How the run ended.</param>
    /// <param name="fault">Why it failed; null otherwise.</param>
    /// <param name="iteration">Iterations done.</param>
    /// <param name="hash">SHA-256 of θ.</param>
    public void Summarise(RunState state, string? fault, long iteration, string hash)
    {
        RunSnapshot run = _run.Snapshot;
        long tasks = iteration * run.Configuration.Outer.TasksPerIteration;
        double seconds = _training.TotalSeconds;
        SummaryFile.Write(_folder.Summary, new SummaryDocument
        {
            Run = run.RunId,
            Preset = run.Preset.Length == 0 ? null : run.Preset,
            Algorithm = run.Configuration.Algorithm.ToString().ToLowerInvariant(),
            Seed = run.Configuration.Seed,
            Iterations = iteration,
            Workers = _mostWorkers,
            Seconds = Math.Round(seconds, 3),
            Tasks = tasks,
            TasksPerSecond = seconds > 0 ? Math.Round(tasks / seconds, 3) : 0,
            MetaParametersSha256 = hash,
            Evaluation = EvaluationDocument.From(run.Evaluation),
            InitialEvaluation = EvaluationDocument.From(run.InitialEvaluation),
            State = state.ToString().ToLowerInvariant(),
            Fault = fault,
            WallSeconds = Math.Round(Seconds, 3),
        });
    }

    /// <summary>Closes the tables; all rows are in them then.</summary>
    public void Dispose() => _records.Dispose();
}
