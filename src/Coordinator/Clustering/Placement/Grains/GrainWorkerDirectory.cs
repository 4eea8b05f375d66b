namespace Maml.Cluster.Coordinator.Clustering.Placement.Grains;

/// <summary>Asks the grain.</summary>
internal sealed class GrainWorkerDirectory(IGrainFactory grains) : IWorkerDirectory
{
    /// <inheritdoc/>
    public Task<PlacementDirections> ReportAsync(CoordinatorReport report, CancellationToken cancellationToken) =>
        grains.GetGrain<IWorkerDirectoryGrain>(0).ReportAsync(report).WaitAsync(cancellationToken);
}
