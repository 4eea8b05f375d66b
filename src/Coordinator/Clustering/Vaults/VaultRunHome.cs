using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Clustering.Takeover;
using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.Homes;
using Maml.Cluster.Coordinator.Runs.Recovery;

namespace Maml.Cluster.Coordinator.Clustering.Vaults;

/// <summary>Runs that live in the vault. This coordinator's folder of runs holds working copies, and is nobody else's.</summary>
internal sealed class VaultRunHome(CoordinatorOptions options, IRunLedger ledger, IRunVault vault, RunClaims claims, IRunWatch watch) : IRunHome
{
    private readonly RunGates _gates = new();

    /// <inheritdoc/>
    public async Task<IRunHold> CreateAsync(NewRun run, CancellationToken cancellationToken)
    {
        var taken = new List<RunFolder>();
        try
        {
            while (true)
            {
                RunFolder folder = RunFolder.Create(options.RunsDirectory, run.Configuration, run.Started);
                if (await EnterAsync(folder, run, cancellationToken) is { } hold) return hold;

                // Another coordinator has a run of this name. The folder stays until there is one of another name.
                taken.Add(folder);
            }
        }
        finally
        {
            taken.ForEach(folder => folder.Delete());
        }
    }

    /// <inheritdoc/>
    public async Task<IRunHold?> TryTakeAsync(string runId, CancellationToken cancellationToken)
    {
        (RunFolder folder, LedgerEntry entry) = await FindAsync(runId, cancellationToken);
        if (entry.IsOwned) return null;
        using IDisposable gate = await _gates.EnterAsync(runId, cancellationToken);
        Directory.CreateDirectory(folder.Path);

        // Taken here while the run that was lost here before is still on its way out: that goes on to have the folder.
        if (RunLock.TryAcquire(folder.Lock) is not { } held) return null;
        HeldClaim? claim = null;
        try
        {
            // One that is unfinished has been watched over since it began; and who watches may be where the last owner was.
            if (!entry.IsUnfinished) await watch.BeginAsync(runId, cancellationToken);
            claim = await claims.TakeAsync(entry, cancellationToken);
            if (claim is not null)
            {
                await FillAsync(folder, cancellationToken);
                return new VaultRunHold(folder, held, claim, claims, vault);
            }
        }
        catch
        {
            if (claim is not null) await claims.ReleaseAsync(claim);
            held.Dispose();
            throw;
        }

        held.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public async Task<RunFolder> OpenAsync(string runId, CancellationToken cancellationToken)
    {
        // A second reader comes in when the first has all.
        using IDisposable gate = await _gates.EnterAsync(runId, cancellationToken);
        (RunFolder folder, LedgerEntry entry) = await FindAsync(runId, cancellationToken);
        Directory.CreateDirectory(folder.Path);

        // Who has the lock is this coordinator itself, at work on the run, and then all is there or on its way.
        using RunLock? held = RunLock.TryAcquire(folder.Lock);
        if (held is not null && !IsCopy(folder, entry)) await FillAsync(folder, cancellationToken);
        return folder;
    }

    /// <inheritdoc/>
    public Task AbandonAsync(IRunHold hold) => ((VaultRunHold)hold).AbandonAsync();

    // What a run that is over has left does not change any more.
    private static bool IsCopy(RunFolder folder, LedgerEntry entry) =>
        !entry.IsUnfinished && File.Exists(folder.Record) && File.ReadAllBytes(folder.Record).AsSpan().SequenceEqual(entry.Record.Span);

    private async Task<IRunHold?> EnterAsync(RunFolder folder, NewRun run, CancellationToken cancellationToken)
    {
        RunLock? held = null;
        try
        {
            held = RunLock.TryAcquire(folder.Lock) ?? throw new IOException($"{folder.Lock}: another process has taken the new run's folder.");
            RunDocumentFile.Write(folder.Record, run.RecordIn(folder));

            // Before the run can be seen: from then on it is never without somebody to see to it.
            await watch.BeginAsync(folder.RunId, cancellationToken);
            HeldClaim? claim = await claims.EnterAsync(
                folder.RunId, File.ReadAllBytes(folder.Configuration), File.ReadAllBytes(folder.Record), cancellationToken);
            if (claim is not null) return new VaultRunHold(folder, held, claim, claims, vault);
            held.Dispose();
            return null;
        }
        catch
        {
            held?.Dispose();
            folder.Delete();
            throw;
        }
    }

    private async Task<(RunFolder Folder, LedgerEntry Entry)> FindAsync(string runId, CancellationToken cancellationToken)
    {
        string? path = ConfinedPath.Resolve(options.RunsDirectory, runId);
        RunFolder? folder = path is null ? null : RunFolder.Open(path);

        // A path that leads to a folder below another is no identifier.
        return folder?.RunId == runId && await ledger.FindAsync(runId, cancellationToken) is { } entry
            ? (folder, entry)
            : throw new RunNotFoundException($"There is no run '{runId}' in this cluster. List its runs with `maml runs list`.");
    }

    private async Task FillAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        foreach (string file in Directory.EnumerateFiles(folder.Path).Where(file => file != folder.Lock)) File.Delete(file);
        if (Directory.Exists(folder.Checkpoints)) Directory.Delete(folder.Checkpoints, recursive: true);
        if (!await vault.MaterialiseAsync(folder.RunId, folder, cancellationToken))
            throw new RunNotFoundException($"There is no run '{folder.RunId}' in this cluster any more.");
    }
}
