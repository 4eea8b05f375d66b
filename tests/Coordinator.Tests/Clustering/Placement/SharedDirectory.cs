using Maml.Cluster.Coordinator.Clustering.Placement;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Placement;

/// <summary>The directory without Orleans around it.</summary>
internal sealed class SharedDirectory : IWorkerDirectory
{
    private readonly Lock _gate = new();
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly WorkerDirectory _directory = new(PlacedCoordinator.Times);

    /// <summary>Whether it is away.</summary>
    public volatile bool IsAway;

    /// <summary>Whether it does not answer, as one whose coordinator is halted.</summary>
    public volatile bool Hangs;

    public Task<PlacementDirections> ReportAsync(CoordinatorReport report, CancellationToken cancellationToken)
    {
        if (IsAway) throw new InvalidOperationException("the directory is away");
        if (Hangs) return new TaskCompletionSource<PlacementDirections>().Task;
        lock (_gate) return Task.FromResult(_directory.Report(report, TimeProvider.System.GetElapsedTime(_began)));
    }
}
