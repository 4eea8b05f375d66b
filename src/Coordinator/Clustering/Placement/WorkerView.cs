namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>A worker, or an aggregator with all that is behind it, as the balancer sees it.</summary>
/// <param name="Instance">Which.</param>
/// <param name="Coordinator">The coordinator that it counts for: where it is attached, or where it is on its way to.</param>
/// <param name="Since">Since when it has been there.</param>
/// <param name="IsMoving">Whether it is on its way, and not to be sent elsewhere before it has arrived.</param>
internal sealed record WorkerView(string Instance, string Coordinator, TimeSpan Since, bool IsMoving = false);
