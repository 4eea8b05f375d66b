namespace Maml.Cluster.Coordinator.Clustering.Ownership;

/// <summary>The right to work on a run, which ends when another has a claim of a higher epoch.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Epoch">1 for a new run, and one more each time it is taken.</param>
/// <param name="Owner">
/// Who has it. Of two claims of one epoch, which there are only where a ledger has lost what it had committed, the one that it knows is good.
/// </param>
internal readonly record struct RunClaim(string RunId, long Epoch, string Owner);
