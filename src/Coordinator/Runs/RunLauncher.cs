using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.DataSets;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Runs.Admission;
using Maml.Cluster.Coordinator.Runs.Homes;
using Maml.Cluster.Coordinator.Runs.Storage;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Coordinator.Workers;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Coordinator.Runs;

/// <summary>Puts a run's parts together and sets its loop going.</summary>
internal sealed class RunLauncher(
    CoordinatorOptions options, RoundDispatcher dispatcher, WorkerRegistry workers, RunSlots slots, RunMeasures measures, TimeProvider time,
    ILoggerFactory loggers)
{
    private readonly ILogger<RunLauncher> _logger = loggers.CreateLogger<RunLauncher>();

    /// <summary>Sets a new run going; its loop owns the hold and the ticket from now on.</summary>
    /// <param name="run">The run.</param>
    /// <param name="held">The right to work on it.</param>
    /// <param name="ticket">Its place, or its place in the queue.</param>
    /// <param name="images">Its data set; null for sources that need none.</param>
    /// <exception cref="DataSetException">Its configuration does not fit the data set.</exception>
    /// <exception cref="IOException">Its folder cannot be written.</exception>
    public void Launch(Run run, IRunHold held, RunTicket ticket, ImageDataSet? images)
    {
        RunConfiguration configuration = run.Snapshot.Configuration;
        RunContext context = CreateContext(run, held, images);
        var storage = new RunStorage(run, measures.Storage, time, loggers.CreateLogger<RunStorage>());
        RunRecords records = RunRecords.Create(held.Folder, configuration, time, storage.Report);
        _logger.Started(run.RunId, configuration.Outer.Iterations, configuration.Outer.TasksPerIteration, context.Layout.Count, held.Folder.Path);
        Launch(run, context, records, storage, held, ticket, origin: null);
    }

    /// <summary>Sets an earlier run going again; its loop owns the hold and the ticket from now on.</summary>
    /// <param name="run">The run.</param>
    /// <param name="held">The right to work on it.</param>
    /// <param name="ticket">Its place, or its place in the queue.</param>
    /// <param name="images">Its data set; null for sources that need none.</param>
    /// <param name="origin">Where it goes on; null where it has no checkpoint and starts from the beginning.</param>
    /// <exception cref="DataSetException">Its configuration does not fit the data set.</exception>
    public void Relaunch(Run run, IRunHold held, RunTicket ticket, ImageDataSet? images, Checkpoint? origin)
    {
        long iteration = origin?.Iteration ?? 0;
        RunContext context = CreateContext(run, held, images);
        var storage = new RunStorage(run, measures.Storage, time, loggers.CreateLogger<RunStorage>());
        RunRecords records = RunRecords.Continue(
            held.Folder, run.Snapshot.Configuration, iteration, time, storage.Report, notice => _logger.FileNotUsed(run.RunId, notice));
        run.Rewind(iteration, hasCheckpoint: origin is not null, records.EarlierEvaluations);
        _logger.Resumed(run.RunId, iteration);
        Launch(run, context, records, storage, held, ticket, origin);
    }

    private RunContext CreateContext(Run run, IRunHold held, ImageDataSet? images)
    {
        RunConfiguration configuration = run.Snapshot.Configuration;
        return new RunContext(run.RunId, configuration, DataSetProvider.CreateSampler(configuration.Tasks, images), images, held.Epoch)
        {
            Handover = options.Handover,
        };
    }

    private void Launch(
        Run run, RunContext context, RunRecords records, RunStorage storage, IRunHold held, RunTicket ticket, Checkpoint? origin)
    {
        var recorder = new RunRecorder(run, context, held, records, storage, workers, measures, time, origin, loggers.CreateLogger<RunRecorder>());
        var checkpoints = new RunCheckpoints(storage, recorder.Save, context.Configuration.Checkpoints.Every);
        var place = new RunPlace(run, slots, ticket, workers, storage, recorder.KeepState, time, loggers.CreateLogger<RunPlace>());
        var loop = new RunLoop(run, context, place, recorder, checkpoints, dispatcher, options, time, loggers.CreateLogger<RunLoop>());
        run.Launch(time.GetUtcNow(), held.Epoch);
        held.WhenLost(run.Control.Abandon);
        place.Enter();

        // A task of its own, so that the caller has its answer before the first iteration.
        _ = Task.Run(() => loop.RunAsync(origin), CancellationToken.None);
    }
}
