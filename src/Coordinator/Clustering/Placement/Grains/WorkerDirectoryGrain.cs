namespace Maml.Cluster.Coordinator.Clustering.Placement.Grains;

/// <summary>
/// The directory of workers, wherever Orleans has it. Its memory is gone with the coordinator that it was on, and brought again by the reports of the
/// others within seconds.
/// </summary>
internal sealed class WorkerDirectoryGrain(PlacementTimes times, TimeProvider time) : Grain, IWorkerDirectoryGrain
{
    private readonly WorkerDirectory _directory = new(times);
    private readonly long _began = time.GetTimestamp();

    /// <inheritdoc/>
    public Task<PlacementDirections> ReportAsync(CoordinatorReport report) => Task.FromResult(_directory.Report(report, time.GetElapsedTime(_began)));
}
