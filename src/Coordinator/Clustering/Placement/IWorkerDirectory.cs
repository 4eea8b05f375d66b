namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>The one directory of a cluster's workers.</summary>
internal interface IWorkerDirectory
{
    /// <summary>Takes in a coordinator's report.</summary>
    /// <returns>What that coordinator is to do.</returns>
    Task<PlacementDirections> ReportAsync(CoordinatorReport report, CancellationToken cancellationToken);
}
