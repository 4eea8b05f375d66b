namespace Maml.Cluster.Coordinator.Clustering.Takeover;

/// <summary>Where a coordinator keeps its runs in a database but shares them with nobody: it looks after all of them itself.</summary>
internal sealed class OwnRunWatch : IRunWatch
{
    /// <inheritdoc/>
    public Task BeginAsync(string runId, CancellationToken cancellationToken) => Task.CompletedTask;
}
