using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.Admission;
using Maml.Cluster.Coordinator.Runs.Homes;
using Maml.Cluster.Coordinator.Runs.Recovery;
using Maml.Cluster.Coordinator.Telemetry;

namespace Maml.Cluster.Coordinator.Clustering.Takeover;

/// <summary>Lets unfinished runs go on at this coordinator, as its own do after a crash.</summary>
internal sealed class TakeOver(IRunHome home, RunRegistry runs, RunManager manager, RunSlots slots, ClusterMetrics metrics, TimeProvider time, ILogger<TakeOver> logger) : ITakeOver
{
    // Where it could only wait it is left to the others for this long; then it waits here.
    private static readonly TimeSpan QueueAfter = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public bool IsHere(string runId) => runs.Find(runId) is { } run && !run.Snapshot.State.IsEnded();

    /// <inheritdoc/>
    public async Task<bool> TakeOverAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        if (!manager.IsOpen || (!slots.HasFree && -entry.LeaseLeft < QueueAfter)) return false;
        long began = time.GetTimestamp();
        if (await home.TryTakeAsync(entry.RunId, cancellationToken) is not { } held) return false;
        ArchivedRun archived;
        try
        {
            archived = RunArchive.Read(held.Folder);
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }

        if (!archived.IsUnfinished)
        {
            await held.DisposeAsync();
            return false;
        }

        var run = new Run(archived.ToSnapshot());
        if (archived.Document.State == RunDocument.Paused) await run.Control.RequestPauseAsync();
        long epoch = held.Epoch;
        await manager.RelaunchAsync(archived, run, held, slots.Reenter, cancellationToken);
        TimeSpan duration = time.GetElapsedTime(began) - entry.LeaseLeft;
        metrics.TookOver(duration);
        logger.TookOver(entry.RunId, epoch, entry.Owner?.Id ?? "nobody", duration.TotalSeconds);
        return true;
    }
}
