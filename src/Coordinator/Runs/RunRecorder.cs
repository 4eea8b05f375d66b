using System.Diagnostics;
using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Runs.Homes;
using Maml.Cluster.Coordinator.Runs.Recovery;
using Maml.Cluster.Coordinator.Runs.Storage;
using Maml.Cluster.Coordinator.Runs.Training;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Coordinator.Workers;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Runs;

/// <summary>Keeps what happens in a run: in its files, and as news to those who watch it.</summary>
internal sealed class RunRecorder : IAsyncDisposable
{
    private const string RecordFile = "record";
    private static readonly TimeSpan ThroughputWindow = TimeSpan.FromSeconds(5);

    private readonly Run _run;
    private readonly RunContext _context;
    private readonly RunFolder _folder;
    private readonly RunStorage _storage;
    private readonly RunRecords _records;
    private readonly CheckpointStore _checkpoints;
    private readonly WorkerRegistry _workers;
    private readonly TimeProvider _time;
    private readonly IRunHold _held;
    private readonly RunMeasures _measures;
    private readonly ILogger<RunRecorder> _logger;
    private readonly TaskThroughput _throughput;
    private readonly long _began;
    private readonly TimeSpan _earlier;
    private TimeSpan _training;
    private int _mostWorkers;
    private bool _isRecordOwed;

    /// <summary>Goes on where an earlier start has left off, if there was one. Owns the tables, and the right to work on the run.</summary>
    public RunRecorder(
        Run run, RunContext context, IRunHold held, RunRecords records, RunStorage storage, WorkerRegistry workers,
        RunMeasures measures, TimeProvider time, Checkpoint? origin, ILogger<RunRecorder> logger)
    {
        _run = run;
        _context = context;
        _folder = held.Folder;
        _held = held;
        _storage = storage;
        _workers = workers;
        _measures = measures;
        _time = time;
        _logger = logger;
        _training = TimeSpan.FromSeconds(origin?.TrainingSeconds ?? 0);
        _earlier = TimeSpan.FromSeconds(Math.Max(origin?.WallSeconds ?? 0, records.EarlierSeconds));
        _throughput = new TaskThroughput(ThroughputWindow, _training);
        RunConfiguration configuration = context.Configuration;
        _records = records;
        _checkpoints = CheckpointStore.Open(
            _folder.Checkpoints,
            new CheckpointRetention(configuration.Checkpoints.Keep, configuration.Checkpoints.KeepBest),
            higherIsBetter: context.IsClassification,
            logger.PassedOver);
        _mostWorkers = run.Snapshot.EarlierWorkers;
        _began = time.GetTimestamp();
    }

    /// <summary>Whether another coordinator may have the run by now.</summary>
    public bool IsLost => _held.IsLost;

    /// <summary>Whether there is something that <see cref="KeepOwedState"/> has to try again.</summary>
    public bool IsStateOwed => _isRecordOwed;

    private double Seconds => (_earlier + _time.GetElapsedTime(_began)).TotalSeconds;

    /// <summary>Keeps an iteration.</summary>
    /// <param name="iteration">Iterations done, this one included.</param>
    /// <param name="outcome">What it gave.</param>
    /// <param name="duration">How long it took.</param>
    public void Add(long iteration, IterationOutcome outcome, TimeSpan duration)
    {
        _training += duration;
        int workers = CountWorkers();
        double tasksPerSecond = _throughput.Add(_training, _run.Snapshot.Configuration.Outer.TasksPerIteration);
        var record = new IterationRecord(
            iteration, Seconds, outcome.QueryLoss, outcome.QueryAccuracy, outcome.MetaGradientNorm, outcome.LearningRate, tasksPerSecond, workers)
        {
            Timings = outcome.Timings.Over(workers),
        };
        _measures.Iterations.Add(record.Timings);
        _records.Add(record);
        _run.Add(record);
    }

    /// <summary>Keeps an evaluation.</summary>
    /// <param name="evaluation">What it found.</param>
    /// <param name="duration">How long it took.</param>
    public void Add(EvaluationSummary evaluation, TimeSpan duration)
    {
        _measures.Iterations.Evaluated(duration);
        CountWorkers();
        _records.Add(evaluation, Seconds);
        _run.Add(evaluation);

        // The record last: who reads there that the evaluation was made finds its rows and its score.
        _records.Flush();
        StepSummary last = evaluation.Steps[^1];
        _storage.TryWrite("list of checkpoints", () =>
        {
            _checkpoints.Score(evaluation.Iteration, last.Accuracy ?? last.Loss);
            _held.Keep(RunPart.Checkpoints);
        });
        KeepState();
    }

    /// <summary>Adds to a checkpoint what the trainer does not know.</summary>
    public Checkpoint Complete(Checkpoint checkpoint) =>
        checkpoint with { TrainingSeconds = _training.TotalSeconds, WallSeconds = Seconds };

    /// <summary>Writes a checkpoint.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    /// <exception cref="StaleEpochException">Another has taken the run.</exception>
    public void Save(Checkpoint checkpoint)
    {
        using Activity? span = CoordinatorTracing.Start("checkpoint");

        // Before the checkpoint: a run that goes on from it finds every row up to it.
        _records.Flush();
        long began = _time.GetTimestamp();
        string path = _checkpoints.Save(checkpoint);
        _held.Keep(RunPart.Tables | RunPart.Checkpoints);
        _measures.Storage.CheckpointWritten(_time.GetElapsedTime(began));
        _run.AddCheckpoint(checkpoint.Iteration, path, new FileInfo(path).Length, _time.GetUtcNow());
        _logger.Saved(_run.RunId, checkpoint.Iteration, path);
    }

    /// <summary>Writes down whether the run is active or paused, and its evaluations.</summary>
    public void KeepState() => _isRecordOwed = !_storage.TryWrite(RecordFile, () => Keep(_run.Snapshot));

    /// <summary>Tries again to write that down, where it could not be.</summary>
    public void KeepOwedState()
    {
        if (_isRecordOwed && !_storage.IsResting(RecordFile)) KeepState();
    }

    /// <summary>Writes the last rows, and the summary and the record where the run is over.</summary>
    /// <param name="ended">The run at its end.</param>
    /// <param name="giveUp">Ends the attempts to write.</param>
    /// <returns>Whether all is written.</returns>
    public Task<bool> EndAsync(RunSnapshot ended, CancellationToken giveUp)
    {
        _records.Flush();
        return ended.State == RunState.Suspended
            ? Task.FromResult(true)
            : _storage.WriteAsync(
                "summary",
                () =>
                {
                    _records.Flush();
                    SummaryFile.Write(_folder.Summary, Summarise(ended));
                    _held.Keep(RunPart.Summary);
                    Keep(ended);
                },
                giveUp);
    }

    /// <summary>Closes the tables, and lets others work on the run.</summary>
    public ValueTask DisposeAsync()
    {
        _records.Dispose();
        return _held.DisposeAsync();
    }

    private void Keep(RunSnapshot run)
    {
        RunDocumentFile.Write(_folder.Record, RunDocument.From(run, _context.DataSetHash, _mostWorkers));
        _held.Keep(RunPart.Tables | RunPart.Record);
    }

    private int CountWorkers()
    {
        int workers = _workers.Count;
        _mostWorkers = Math.Max(_mostWorkers, workers);
        return workers;
    }

    private SummaryDocument Summarise(RunSnapshot run)
    {
        long tasks = run.Iteration * run.Configuration.Outer.TasksPerIteration;
        double seconds = _training.TotalSeconds;
        return new SummaryDocument
        {
            Run = run.RunId,
            Preset = run.Preset.Length == 0 ? null : run.Preset,
            Algorithm = run.Configuration.Algorithm.ToString().ToLowerInvariant(),
            Seed = run.Configuration.Seed,
            Iterations = run.Iteration,
            Workers = _mostWorkers,
            Seconds = Math.Round(seconds, 3),
            Tasks = tasks,
            TasksPerSecond = seconds > 0 ? Math.Round(tasks / seconds, 3) : 0,
            MetaParametersSha256 = run.MetaParametersSha256,
            Evaluation = EvaluationDocument.From(run.Evaluation),
            InitialEvaluation = EvaluationDocument.From(run.InitialEvaluation),
            State = run.State.ToString().ToLowerInvariant(),
            Fault = run.Fault.Length == 0 ? null : run.Fault,
            WallSeconds = Math.Round(Seconds, 3),
        };
    }
}
