namespace Maml.Cluster.Coordinator.Clustering.Ownership;

/// <summary>A coordinator of a cluster, from its start to its end: one that is started again is another.</summary>
/// <param name="Id">Of its own for each start of a coordinator.</param>
/// <param name="Address">Where the others and the workers reach its gRPC services.</param>
internal sealed record CoordinatorIdentity(string Id, Uri Address);
