namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>A worker that its coordinator is to send to another.</summary>
/// <param name="Instance">The worker.</param>
/// <param name="Coordinator">The other.</param>
/// <param name="Address">Where the other is.</param>
[GenerateSerializer]
[Immutable]
internal sealed record DirectedMove(string Instance, string Coordinator, Uri Address);
