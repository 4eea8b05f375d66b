using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Runs.Admission;
using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Coordinator.Runs.Recovery;

/// <summary>Takes over, when the coordinator starts, what earlier ones left: finished runs are listed, unfinished ones go on.</summary>
internal sealed class RunRecovery(
    CoordinatorOptions options, RunArchive archive, RunRegistry runs, RunManager manager, RunSlots slots, ILogger<RunRecovery> logger) : BackgroundService
{
    private readonly List<(ArchivedRun Archived, Run Run, RunLock Held)> _unfinished = [];

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.RecoverRuns) return Task.CompletedTask;

        // Before the first client is served, so that no list of runs is ever incomplete.
        IReadOnlyList<ArchivedRun> found = archive.ReadAll(logger.RunPassedOver);
        foreach (ArchivedRun archived in found)
        {
            if (archived.IsUnfinished) Claim(archived);
            else runs.Add(new Run(archived.ToSnapshot()));
        }

        if (found.Count > 0) logger.Found(found.Count, _unfinished.Count, Path.GetFullPath(options.RunsDirectory));
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach ((ArchivedRun archived, Run run, RunLock held) in _unfinished) await GoOnAsync(archived, run, held, stoppingToken);
    }

    private void Claim(ArchivedRun archived)
    {
        try
        {
            if (RunLock.TryAcquire(archived.Folder.Lock) is not { } held)
            {
                logger.RunHeld(archived.Document.Run);
                return;
            }

            var run = new Run(archived.ToSnapshot());
            runs.Add(run);
            _unfinished.Add((archived, run, held));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.CannotGoOn(archived.Document.Run, e.Message);
        }
    }

    private async Task GoOnAsync(ArchivedRun archived, Run run, RunLock held, CancellationToken stoppingToken)
    {
        try
        {
            if (archived.Document.State == RunDocument.Paused) await run.Control.RequestPauseAsync();
            await manager.RelaunchAsync(archived, run, held, slots.Reenter, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The coordinator shuts down again; the next one finds the run as it was.
            run.TryBecome(RunState.Suspended);
        }
        catch (Exception e) when (e is DataSetException or RunRecordException or CheckpointException or IOException or UnauthorizedAccessException)
        {
            logger.CannotGoOn(run.RunId, e.Message);
            run.TryBecome(RunState.Failed, snapshot => snapshot with { Fault = e.Message });
        }
    }
}
