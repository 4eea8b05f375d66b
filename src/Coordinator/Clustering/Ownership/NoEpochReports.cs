namespace Maml.Cluster.Coordinator.Clustering.Ownership;

/// <summary>Where no other coordinator can have a run, what a worker says of epochs has no meaning.</summary>
internal sealed class NoEpochReports : IEpochReports
{
    /// <inheritdoc/>
    public void Report(string runId, long epoch, long seen)
    {
    }
}
