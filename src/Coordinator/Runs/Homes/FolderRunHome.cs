using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Runs.Recovery;

namespace Maml.Cluster.Coordinator.Runs.Homes;

/// <summary>Runs that live in a folder of this machine. Processes that share it keep one another out by its locks.</summary>
internal sealed class FolderRunHome(CoordinatorOptions options, RunArchive archive) : IRunHome
{
    /// <inheritdoc/>
    public Task<IRunHold> CreateAsync(NewRun run, CancellationToken cancellationToken)
    {
        RunFolder folder = RunFolder.Create(options.RunsDirectory, run.Configuration, run.Started);
        RunLock? held = null;
        try
        {
            held = RunLock.TryAcquire(folder.Lock) ?? throw new IOException($"{folder.Lock}: another process has taken the new run's folder.");
            RunDocumentFile.Write(folder.Record, run.RecordIn(folder));
            return Task.FromResult<IRunHold>(new FolderRunHold(folder, held));
        }
        catch
        {
            held?.Dispose();
            folder.Delete();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<IRunHold?> TryTakeAsync(string runId, CancellationToken cancellationToken) => Task.FromResult(TryTake(archive.Find(runId)));

    /// <summary>Takes a run whose folder is known, and need not be confined to the folder of runs as the names that clients give.</summary>
    /// <returns>Null when another process works on it.</returns>
    public static IRunHold? TryTake(RunFolder folder) => RunLock.TryAcquire(folder.Lock) is { } held ? new FolderRunHold(folder, held) : null;

    /// <inheritdoc/>
    public Task<RunFolder> OpenAsync(string runId, CancellationToken cancellationToken) => Task.FromResult(archive.Find(runId));

    /// <inheritdoc/>
    public async Task AbandonAsync(IRunHold hold)
    {
        await hold.DisposeAsync();
        hold.Folder.Delete();
    }
}
