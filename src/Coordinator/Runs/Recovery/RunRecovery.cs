using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Runs.Admission;
using Maml.Cluster.Coordinator.Runs.Homes;

namespace Maml.Cluster.Coordinator.Runs.Recovery;

/// <summary>
/// Takes over, when the coordinator starts, what earlier ones left: finished runs are listed, unfinished ones go on. One that another
/// process still works on is taken over when that lets go of it.
/// </summary>
internal sealed class RunRecovery(
    CoordinatorOptions options, RunArchive archive, RunRegistry runs, RunManager manager, RunSlots slots, TimeProvider time, ILogger<RunRecovery> logger)
    : BackgroundService
{
    // A rolling update lets two coordinators overlap for seconds; looking costs the opening of a file.
    private static readonly TimeSpan HeldInterval = TimeSpan.FromSeconds(2);

    private readonly Queue<(ArchivedRun Archived, Run Run, IRunHold Held)> _claimed = new();
    private List<RunFolder> _heldByOthers = [];

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.RecoverRuns) return;

        // Before the first client is served, so that no list of runs is ever incomplete.
        IReadOnlyList<ArchivedRun> found = ReadAll();
        foreach (ArchivedRun archived in found)
        {
            if (archived.IsUnfinished) await ClaimAsync(archived.Folder, cancellationToken);
            else runs.Add(new Run(archived.ToSnapshot()));
        }

        foreach (RunFolder folder in _heldByOthers) logger.RunHeld(folder.RunId);
        if (found.Count > 0) logger.Found(found.Count, _claimed.Count, Path.GetFullPath(options.RunsDirectory));
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            while (_claimed.TryDequeue(out (ArchivedRun Archived, Run Run, IRunHold Held) next)) await GoOnAsync(next.Archived, next.Run, next.Held, stoppingToken);
            if (_heldByOthers.Count == 0) return;
            await Task.Delay(HeldInterval, time, stoppingToken);
            List<RunFolder> held = _heldByOthers;
            _heldByOthers = [];
            foreach (RunFolder folder in held) await ClaimAsync(folder, stoppingToken);
        }
    }

    private IReadOnlyList<ArchivedRun> ReadAll()
    {
        try
        {
            return archive.ReadAll(logger.RunPassedOver);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostStartException($"The folder of runs, {Path.GetFullPath(options.RunsDirectory)}, cannot be read: {e.Message}", e);
        }
    }

    private async Task ClaimAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            if (FolderRunHome.TryTake(folder) is not { } held)
            {
                _heldByOthers.Add(folder);
                return;
            }

            // Read under the lock: who held it may have finished the run.
            ArchivedRun archived = RunArchive.Read(folder);
            var run = new Run(archived.ToSnapshot());
            runs.Add(run);
            if (!archived.IsUnfinished)
            {
                await held.DisposeAsync();
                return;
            }

            if (archived.Document.State == RunDocument.Paused) await run.Control.RequestPauseAsync();
            _claimed.Enqueue((archived, run, held));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RunRecordException or RunConflictException or RunNotFoundException)
        {
            logger.CannotGoOn(folder.RunId, e.Message);
        }
    }

    private async Task GoOnAsync(ArchivedRun archived, Run run, IRunHold held, CancellationToken stoppingToken)
    {
        try
        {
            await manager.RelaunchAsync(archived, run, held, slots.Reenter, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The coordinator shuts down again; the next one finds the run as it was.
        }
        catch (Exception e)
        {
            // Whatever it is: it must not keep the other runs from going on.
            logger.CannotGoOn(run.RunId, e.Message);
        }
    }
}
