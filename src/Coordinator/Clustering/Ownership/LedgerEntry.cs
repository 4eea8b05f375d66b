namespace Maml.Cluster.Coordinator.Clustering.Ownership;

/// <summary>A run as the ledger has it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Epoch">How often it was taken.</param>
/// <param name="Owner">Who has taken it last; null where it was let go.</param>
/// <param name="LeaseLeft">How long the owner still has it, by the ledger's own clock when this was read; below zero where it has ended, zero where there is no owner.</param>
/// <param name="IsUnfinished">Whether some coordinator has to work on it: it is neither complete nor stopped nor failed.</param>
/// <param name="Record">Its record, as <c>run.json</c> has it.</param>
/// <param name="Configuration">Its configuration, as <c>config.yaml</c> has it.</param>
internal sealed record LedgerEntry(
    string RunId, long Epoch, CoordinatorIdentity? Owner, TimeSpan LeaseLeft, bool IsUnfinished, ReadOnlyMemory<byte> Record, ReadOnlyMemory<byte> Configuration)
{
    /// <summary>Whether somebody has it now.</summary>
    public bool IsOwned => Owner is not null && LeaseLeft > TimeSpan.Zero;
}
