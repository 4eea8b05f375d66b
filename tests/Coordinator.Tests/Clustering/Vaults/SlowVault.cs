using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Clustering.Vaults;
using Maml.Cluster.Coordinator.Records;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Vaults;

/// <summary>A vault that stops in the middle of a working copy until it is told to go on.</summary>
internal sealed class SlowVault(IRunVault vault) : IRunVault
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _copies;

    /// <summary>Completes when a copy is half written.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Copies that were begun.</summary>
    public int Copies => Volatile.Read(ref _copies);

    public void GoOn() => _goesOn.SetResult();

    public void KeepRecord(RunClaim claim, ReadOnlyMemory<byte> record, bool isUnfinished) => vault.KeepRecord(claim, record, isUnfinished);

    public void KeepSummary(RunClaim claim, ReadOnlyMemory<byte> summary) => vault.KeepSummary(claim, summary);

    public void KeepRows(RunClaim claim, string table, long offset, ReadOnlyMemory<byte> rows) => vault.KeepRows(claim, table, offset, rows);

    public void KeepCheckpoints(RunClaim claim, string directory, CheckpointManifest manifest) => vault.KeepCheckpoints(claim, directory, manifest);

    public async Task<bool> MaterialiseAsync(string runId, RunFolder folder, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _copies);
        _begun.TrySetResult();
        await _goesOn.Task.WaitAsync(cancellationToken);
        return await vault.MaterialiseAsync(runId, folder, cancellationToken);
    }
}
