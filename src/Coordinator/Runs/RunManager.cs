using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.DataSets;
using Maml.Cluster.Coordinator.Runs.Admission;
using Maml.Cluster.Coordinator.Runs.Homes;
using Maml.Cluster.Coordinator.Runs.Recovery;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Coordinator.Runs;

/// <summary>Starts runs, and lets them pause, go on and stop. What is done to one leaves the others alone.</summary>
internal sealed class RunManager(
    RunRegistry runs, IRunHome home, RunLauncher launcher, RunSlots slots, DataSetProvider dataSets, TimeProvider time, ILogger<RunManager> logger)
{
    private volatile bool _isClosed;

    /// <summary>Starts a run. Nothing is written before its data are found to be good.</summary>
    /// <param name="configuration">A validated configuration.</param>
    /// <param name="preset">The preset that it came from; empty for a file.</param>
    /// <param name="cancellationToken">Gives up before the run has begun; a run that has is stopped with <see cref="StopAsync"/>.</param>
    /// <exception cref="DataSetException">The data are not there, or do not fit the configuration.</exception>
    /// <exception cref="RunLimitException">As many runs as are allowed are active or wait.</exception>
    /// <exception cref="IOException">The run's folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public async Task<Run> StartAsync(RunConfiguration configuration, string preset, CancellationToken cancellationToken)
    {
        RequireOpen();
        ImageDataSet? images = await dataSets.OpenAsync(configuration.Tasks, contentHash: "", cancellationToken);
        DataSetProvider.CreateSampler(configuration.Tasks, images);
        RunTicket ticket = slots.Enter();
        IRunHold? held = null;
        Run? run = null;
        try
        {
            var created = new NewRun(configuration, preset, images?.ContentHash ?? "", time.GetUtcNow());
            held = await home.CreateAsync(created, cancellationToken);
            run = new Run(created.In(held.Folder));
            runs.Add(run);
            launcher.Launch(run, held, ticket, images);
        }
        catch
        {
            // Nothing half-begun stays behind, for a later start to go on with.
            if (run is not null) runs.Remove(run);
            if (held is not null) await home.AbandonAsync(held);
            ticket.Dispose();
            throw;
        }

        await SuspendIfClosedAsync(run);
        return run;
    }

    /// <summary>Goes on with a run that is paused, or that has ended before all of its iterations were done. One under way stays as it is.</summary>
    /// <exception cref="ShuttingDownException">The coordinator shuts down.</exception>
    /// <exception cref="RunNotFoundException">There is no such run, neither here nor as a folder.</exception>
    /// <exception cref="RunConflictException">All is done, or another works on it.</exception>
    /// <exception cref="RunRecordException">What it left cannot be used.</exception>
    /// <exception cref="RunLimitException">As many runs as are allowed are active or wait.</exception>
    /// <exception cref="DataSetException">The data are not there, or do not fit.</exception>
    public async Task<Run> ResumeAsync(string runId, CancellationToken cancellationToken)
    {
        if (runs.Find(runId) is { } known && !known.Snapshot.State.IsEnded())
        {
            known.Control.Resume();
            return known;
        }

        RequireOpen();
        if (await home.TryTakeAsync(runId, cancellationToken) is not { } held)
        {
            // Another request may just have been faster.
            return runs.Find(runId) is { } faster && !faster.Snapshot.State.IsEnded()
                ? faster
                : throw new RunConflictException($"Run '{runId}' is under way in another process.");
        }

        ArchivedRun archived;
        try
        {
            // Under the lock: until then another process may have written there.
            archived = RunArchive.Read(held.Folder);
            if (archived.IsComplete)
            {
                throw new RunConflictException(
                    $"Run '{runId}' is complete: all of its {archived.Configuration.Outer.Iterations} iterations are done. For more, raise outer.iterations in its config.yaml.");
            }
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }

        var run = new Run(archived.ToSnapshot() with { State = RunState.Starting, Fault = "" });
        return await RelaunchAsync(archived, run, held, slots.Enter, cancellationToken);
    }

    /// <summary>Sets an archived run going again.</summary>
    /// <param name="archived">The run in its folder.</param>
    /// <param name="run">The same run, not known to others yet.</param>
    /// <param name="held">The right to work on it; let go when this throws.</param>
    /// <param name="enter">Asks for a place.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Run> RelaunchAsync(ArchivedRun archived, Run run, IRunHold held, Func<RunTicket> enter, CancellationToken cancellationToken)
    {
        RunTicket? ticket = null;
        try
        {
            RequireOpen();
            ImageDataSet? images = await dataSets.OpenAsync(archived.Configuration.Tasks, archived.Document.DataSetHash, cancellationToken);
            Checkpoint? origin = CheckpointStore.ReadNewest(archived.Folder.Checkpoints, logger.PassedOver);
            if (origin is not null) CheckpointFit.Require(origin, archived.Configuration, archived.Folder.Path);
            ticket = enter();
            runs.Add(run);
            launcher.Relaunch(run, held, ticket, images, origin);
        }
        catch (Exception e)
        {
            ticket?.Dispose();
            await held.DisposeAsync();
            if (e is OperationCanceledException) run.TryBecome(RunState.Suspended);
            else run.TryBecome(RunState.Failed, snapshot => snapshot with { Fault = e.Message });
            throw;
        }

        await SuspendIfClosedAsync(run);
        return run;
    }

    /// <summary>Pauses a run after the iteration at hand.</summary>
    /// <exception cref="RunConflictException">It has ended.</exception>
    public static async Task PauseAsync(Run run, CancellationToken cancellationToken)
    {
        await run.Control.RequestPauseAsync();
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task paused = run.WhenAsync(state => state == RunState.Paused || state.IsEnded(), answered.Token);

        // Another may take the pause back before it has begun.
        await await Task.WhenAny(paused, run.Control.Resumed.WaitAsync(cancellationToken));
        await answered.CancelAsync();
        if (run.Snapshot.State.IsEnded()) throw new RunConflictException($"Run '{run.RunId}' has ended; only a run that is under way can be paused.");
    }

    /// <summary>Stops a run after the iteration at hand and waits for its end. A run that has ended stays as it is.</summary>
    public static async Task StopAsync(Run run, CancellationToken cancellationToken)
    {
        await run.Control.RequestEndAsync(RunState.Stopped);
        await run.Ended.WaitAsync(cancellationToken);
    }

    /// <summary>Leaves all runs as they are, each with a checkpoint, for the next start of the coordinator. No other is begun from now on.</summary>
    public Task SuspendAllAsync(CancellationToken cancellationToken)
    {
        _isClosed = true;
        return Task.WhenAll(runs.List().Select(async run =>
        {
            await run.Control.RequestEndAsync(RunState.Suspended);
            await run.Ended.WaitAsync(cancellationToken);
        }));
    }

    /// <summary>Whether runs are begun; not any more once they are suspended.</summary>
    public bool IsOpen => !_isClosed;

    private void RequireOpen()
    {
        if (_isClosed) throw new ShuttingDownException();
    }

    // For one that was begun while the others were being suspended.
    private Task SuspendIfClosedAsync(Run run) => _isClosed ? run.Control.RequestEndAsync(RunState.Suspended) : Task.CompletedTask;
}
