using Maml.Cluster.Coordinator.Clustering.Takeover;

namespace Maml.Cluster.Coordinator.Clustering.Grains;

/// <summary>Has runs watched over by their grains.</summary>
internal sealed class GrainRunWatch(IGrainFactory grains) : IRunWatch
{
    /// <inheritdoc/>
    public async Task BeginAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            await grains.GetGrain<IRunGrain>(runId).WatchOverAsync().WaitAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new IOException($"The cluster cannot watch over run '{runId}' now: {e.Message}", e);
        }
    }
}
