using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Clustering.Vaults;
using Maml.Cluster.Coordinator.Records;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Simulation;

/// <summary>A vault in memory, beside a ledger in memory.</summary>
internal sealed class MemoryVault(MemoryLedger ledger) : IRunVault
{
    private readonly Dictionary<string, SortedDictionary<string, byte[]>> _files = [];

    public void KeepRecord(RunClaim claim, ReadOnlyMemory<byte> record, bool isUnfinished) => ledger.SetRecord(claim, record, isUnfinished);

    public void KeepSummary(RunClaim claim, ReadOnlyMemory<byte> summary) => ledger.Under(claim, () => Files(claim.RunId)["summary.json"] = summary.ToArray());

    public void KeepRows(RunClaim claim, string table, long offset, ReadOnlyMemory<byte> rows) => ledger.Under(claim, () =>
    {
        byte[] kept = Files(claim.RunId).GetValueOrDefault(table, []);
        if (offset > kept.Length) throw new RowsLostException(table, kept.Length, offset);
        Files(claim.RunId)[table] = [.. kept.AsSpan(0, (int)offset), .. rows.Span];
    });

    public void KeepCheckpoints(RunClaim claim, string directory, CheckpointManifest manifest) => ledger.Under(claim, () =>
    {
        SortedDictionary<string, byte[]> files = Files(claim.RunId);
        foreach (string old in files.Keys.Where(name => name.StartsWith("checkpoints/", StringComparison.Ordinal)).ToArray()) files.Remove(old);
        foreach (CheckpointEntry entry in manifest.Checkpoints) files[$"checkpoints/{entry.File}"] = File.ReadAllBytes(Path.Combine(directory, entry.File));
        files[$"checkpoints/{CheckpointManifest.FileName}"] = File.ReadAllBytes(Path.Combine(directory, CheckpointManifest.FileName));
    });

    public async Task<bool> MaterialiseAsync(string runId, RunFolder folder, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(runId, cancellationToken) is not { } entry) return false;
        Directory.CreateDirectory(folder.Checkpoints);
        File.WriteAllBytes(folder.Configuration, entry.Configuration.ToArray());
        foreach ((string name, byte[] content) in Files(runId)) File.WriteAllBytes(Path.Combine(folder.Path, name), content);
        File.WriteAllBytes(folder.Record, entry.Record.ToArray());
        return true;
    }

    private SortedDictionary<string, byte[]> Files(string runId)
    {
        lock (_files)
        {
            if (!_files.TryGetValue(runId, out SortedDictionary<string, byte[]>? files)) _files.Add(runId, files = []);
            return files;
        }
    }
}
