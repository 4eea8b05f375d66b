using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.DataSets;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Runs.Admission;
using Maml.Cluster.Coordinator.Runs.Recovery;
using Maml.Cluster.Coordinator.Runs.Storage;
using Maml.Cluster.Coordinator.Workers;
using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Coordinator.Runs;

/// <summary>Puts a run's parts together and sets its loop going.</summary>
internal sealed class RunLauncher(
    CoordinatorOptions options, RoundDispatcher dispatcher, WorkerRegistry workers, RunSlots slots, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger<RunLauncher> _logger = loggers.CreateLogger<RunLauncher>();

    /// <summary>Sets a run going; its loop owns the lock and the ticket from now on.</summary>
    /// <param name="run">The run.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="held">The lock of its folder.</param>
    /// <param name="ticket">Its place, or its place in the queue.</param>
    /// <param name="images">Its data set; null for sources that need none.</param>
    /// <param name="origin">Where it goes on; null to start from the beginning.</param>
    /// <exception cref="DataSetException">Its configuration does not fit the data set.</exception>
    public void Launch(Run run, RunFolder folder, RunLock held, RunTicket ticket, ImageDataSet? images, Checkpoint? origin)
    {
        run.Rewind(origin?.Iteration ?? 0, hasCheckpoint: origin is not null);
        RunSnapshot snapshot = run.Snapshot;
        var context = new RunContext(run.RunId, snapshot.Configuration, DataSetProvider.CreateSampler(snapshot.Configuration.Tasks, images), images);
        var storage = new RunStorage(run, time, loggers.CreateLogger<RunStorage>());
        var recorder = new RunRecorder(run, context, folder, storage, workers, time, origin, loggers.CreateLogger<RunRecorder>());
        var checkpoints = new RunCheckpoints(storage, recorder.Save, snapshot.Configuration.Checkpoints.Every);
        var place = new RunPlace(run, slots, ticket, workers, recorder.KeepState, loggers.CreateLogger<RunPlace>());
        var loop = new RunLoop(run, context, place, recorder, checkpoints, dispatcher, options, time, loggers.CreateLogger<RunLoop>());
        if (origin is null)
        {
            _logger.Started(
                run.RunId, snapshot.Configuration.Outer.Iterations, snapshot.Configuration.Outer.TasksPerIteration, context.Layout.Count, folder.Path);
        }
        else
        {
            _logger.Resumed(run.RunId, origin.Iteration);
        }

        place.Enter();

        // A task of its own, so that the caller has its answer before the first iteration.
        _ = Task.Run(
            async () =>
            {
                using (held) await loop.RunAsync(origin);
            },
            CancellationToken.None);
    }
}
