namespace Maml.Cluster.Coordinator.Clustering.Placement.Grains;

/// <summary>The directory of workers; there is one, of key 0.</summary>
[Alias("maml.worker-directory")]
internal interface IWorkerDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Takes in a coordinator's report.</summary>
    /// <returns>What that coordinator is to do.</returns>
    [Alias("report")]
    Task<PlacementDirections> ReportAsync(CoordinatorReport report);
}
