namespace Maml.Cluster.Coordinator.Clustering.Ownership;

/// <summary>A coordinator that has unfinished runs, as the ledger has it.</summary>
/// <param name="Coordinator">Which.</param>
/// <param name="Runs">How many; 1 or more.</param>
/// <param name="LeaseLeft">How long it still has that of them whose lease was renewed last; above zero. All are renewed together.</param>
internal sealed record LedgerOwner(CoordinatorIdentity Coordinator, int Runs, TimeSpan LeaseLeft);
