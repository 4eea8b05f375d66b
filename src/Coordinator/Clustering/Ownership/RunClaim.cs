namespace Maml.Cluster.Coordinator.Clustering.Ownership;

/// <summary>The right to work on a run, which ends when another has a claim of a higher epoch.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Epoch">1 for a new run, and one more each time it is taken.</param>
internal readonly record struct RunClaim(string RunId, long Epoch);
