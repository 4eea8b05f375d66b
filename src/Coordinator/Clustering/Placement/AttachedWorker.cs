namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>A worker that is attached to the coordinator that reports it.</summary>
/// <param name="Instance">Its process, the same at every coordinator.</param>
/// <param name="MovingTo">The coordinator that it was sent to and has not left for yet; null for none.</param>
[GenerateSerializer]
[Immutable]
internal sealed record AttachedWorker(string Instance, string? MovingTo);
