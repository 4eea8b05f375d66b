using Maml.Cluster.Coordinator.DataSets;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Workers;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Coordinator.Runs;

/// <summary>Starts runs, finds them and stops them. Several may be active; they take turns at the workers.</summary>
internal sealed class RunManager : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Run> _runs = [];
    private readonly CoordinatorOptions _options;
    private readonly RoundDispatcher _dispatcher;
    private readonly WorkerRegistry _workers;
    private readonly DataSetProvider _dataSets;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger<RunManager> _logger;

    public RunManager(
        CoordinatorOptions options, RoundDispatcher dispatcher, WorkerRegistry workers, DataSetProvider dataSets, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _dispatcher = dispatcher;
        _workers = workers;
        _dataSets = dataSets;
        _time = time;
        _loggers = loggers;
        _logger = loggers.CreateLogger<RunManager>();
        workers.CountChanged += Follow;
    }

    /// <summary>Starts a run. Nothing is written before its data are found to be good.</summary>
    /// <param name="configuration">A validated configuration.</param>
    /// <param name="preset">The preset that it came from; empty for a file.</param>
    /// <param name="cancellationToken">Gives up before the run has begun; a run that has is stopped with <see cref="StopAsync"/>.</param>
    /// <exception cref="DataSetException">The data are not there, or do not fit the configuration.</exception>
    /// <exception cref="IOException">The run's folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public async Task<Run> StartAsync(RunConfiguration configuration, string preset, CancellationToken cancellationToken)
    {
        ImageDataSet? images = await _dataSets.OpenAsync(configuration.Tasks, cancellationToken);
        ITaskSampler sampler = DataSetProvider.CreateSampler(configuration.Tasks, images);
        DateTimeOffset started = _time.GetUtcNow();
        Run run;
        RunContext context;
        RunRecorder recorder;
        lock (_gate)
        {
            RunFolder folder = RunFolder.Create(_options.RunsDirectory, configuration, started);
            context = new RunContext(folder.RunId, configuration, sampler, images);
            run = new Run(new RunSnapshot
            {
                RunId = folder.RunId,
                Configuration = configuration,
                Preset = preset,
                Directory = folder.Path,
                Started = started,
            });
            recorder = new RunRecorder(run, context, folder, _workers, _time, _loggers.CreateLogger<RunRecorder>());
            _runs.Add(run.RunId, run);
        }

        _logger.Started(
            run.RunId, configuration.Outer.Iterations, configuration.Outer.TasksPerIteration, context.Layout.Count, run.Snapshot.Directory);
        Follow(run, _workers.Count);
        var loop = new RunLoop(run, context, recorder, _dispatcher, _options, _time, _loggers.CreateLogger<RunLoop>());

        // A task of its own, so that the caller has its answer before the first iteration.
        _ = Task.Run(loop.RunAsync, CancellationToken.None);
        return run;
    }

    /// <summary>A run by its identifier.</summary>
    /// <exception cref="RunNotFoundException">There is none among those that this coordinator has started.</exception>
    public Run Get(string runId) => Find(runId) ?? throw new RunNotFoundException(
        $"There is no run '{runId}' among those that this coordinator has started. List them with `maml runs`.");

    /// <summary>A run by its identifier, or null.</summary>
    public Run? Find(string runId)
    {
        lock (_gate) return _runs.GetValueOrDefault(runId);
    }

    /// <summary>All runs, newest first.</summary>
    public IReadOnlyList<Run> List()
    {
        lock (_gate) return [.. _runs.Values.OrderByDescending(run => run.Snapshot.Started)];
    }

    /// <summary>Stops a run after the iteration at hand and waits for its end. A run that has ended stays as it is.</summary>
    public static async Task StopAsync(Run run, CancellationToken cancellationToken)
    {
        await run.RequestStopAsync();
        await run.Ended.WaitAsync(cancellationToken);
    }

    /// <summary>Stops all runs.</summary>
    public Task StopAllAsync(CancellationToken cancellationToken) => Task.WhenAll(List().Select(run => StopAsync(run, cancellationToken)));

    /// <inheritdoc/>
    public void Dispose()
    {
        _workers.CountChanged -= Follow;
        foreach (Run run in List()) run.Dispose();
    }

    private void Follow(int workers)
    {
        foreach (Run run in List()) Follow(run, workers);
    }

    private void Follow(Run run, int workers)
    {
        bool wasWaiting = run.Snapshot.State == RunState.WaitingForWorkers;
        if (workers == 0)
        {
            if (run.TryBecome(RunState.WaitingForWorkers)) _logger.WaitsForWorkers(run.RunId);
        }
        else if (run.TryBecome(RunState.Running) && wasWaiting)
        {
            _logger.GoesOn(run.RunId, workers);
        }
    }
}
