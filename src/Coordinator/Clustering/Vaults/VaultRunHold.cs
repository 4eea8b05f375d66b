using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Runs.Homes;
using Maml.Cluster.Coordinator.Runs.Recovery;

namespace Maml.Cluster.Coordinator.Clustering.Vaults;

/// <summary>A run that this coordinator has claimed, with a working copy in a folder that this process has locked.</summary>
internal sealed class VaultRunHold(RunFolder folder, RunLock held, HeldClaim claim, RunClaims claims, IRunVault vault) : IRunHold
{
    private readonly (string Name, KeptTable Table)[] _tables =
        [.. new[] { folder.Metrics, folder.Evaluations }.Select(path => (Path.GetFileName(path), new KeptTable(path)))];

    /// <inheritdoc/>
    public RunFolder Folder => folder;

    /// <inheritdoc/>
    public long Epoch => claim.Claim.Epoch;

    /// <inheritdoc/>
    public bool IsLost => claim.IsLost;

    internal HeldClaim Claim => claim;

    /// <inheritdoc/>
    public void WhenLost(Action leave) => claim.WhenLost(leave);

    /// <inheritdoc/>
    public void Keep(RunPart parts)
    {
        if (claim.IsLost) throw StaleEpochException.OfLease(claim.Claim);
        try
        {
            // The record last: who reads it finds all that it speaks of.
            if (parts.HasFlag(RunPart.Tables)) KeepTables();
            if (parts.HasFlag(RunPart.Checkpoints)) KeepCheckpoints();
            if (parts.HasFlag(RunPart.Summary)) vault.KeepSummary(claim.Claim, File.ReadAllBytes(folder.Summary));
            if (parts.HasFlag(RunPart.Record)) KeepRecord();
        }
        catch (StaleEpochException)
        {
            claims.Refuse(claim);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await claims.ReleaseAsync(claim);
        held.Dispose();
    }

    /// <summary>Lets go of a run that did not come to life.</summary>
    internal async Task AbandonAsync()
    {
        await claims.DeleteAsync(claim);
        held.Dispose();
        folder.Delete();
    }

    private void KeepTables()
    {
        foreach ((string name, KeptTable table) in _tables) table.Send((offset, rows) => vault.KeepRows(claim.Claim, name, offset, rows));
    }

    private void KeepCheckpoints()
    {
        if (CheckpointManifest.Read(folder.Checkpoints, _ => { }) is { } manifest) vault.KeepCheckpoints(claim.Claim, folder.Checkpoints, manifest);
    }

    private void KeepRecord()
    {
        byte[] record = File.ReadAllBytes(folder.Record);
        vault.KeepRecord(claim.Claim, record, RunDocumentFile.Read(folder.Record).IsUnfinished);
    }
}
