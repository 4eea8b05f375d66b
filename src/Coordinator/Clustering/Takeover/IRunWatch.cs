namespace Maml.Cluster.Coordinator.Clustering.Takeover;

/// <summary>Sees to it that unfinished runs have an owner.</summary>
internal interface IRunWatch
{
    /// <summary>Watches over a run from now on, until it is over; whatever becomes of this coordinator.</summary>
    /// <exception cref="IOException">That cannot be promised now.</exception>
    Task BeginAsync(string runId, CancellationToken cancellationToken);
}
