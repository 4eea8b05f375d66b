namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>A worker that is to go to another coordinator.</summary>
/// <param name="Instance">The worker.</param>
/// <param name="From">The coordinator that it is attached to.</param>
/// <param name="To">The coordinator that it is to go to.</param>
internal sealed record WorkerMove(string Instance, string From, string To);
