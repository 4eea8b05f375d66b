using Maml.Cluster.Coordinator.Telemetry;

namespace Maml.Cluster.Coordinator.Clustering.Ownership;

/// <summary>Asks the ledger at once when a worker has seen a higher epoch than this coordinator's.</summary>
internal sealed class EpochReports(RunClaims claims, ClusterMetrics metrics, ILogger<EpochReports> logger) : IEpochReports
{
    private bool _isAsking;

    /// <inheritdoc/>
    public void Report(string runId, long epoch, long seen)
    {
        metrics.RefusedEpoch(EpochRefusal.Worker);
        logger.EpochDoubted(runId, epoch, seen);

        // One question answers for all who report meanwhile. It reports its own failures, and the next renewal is due in a moment anyway.
        if (!Interlocked.Exchange(ref _isAsking, true)) _ = AskAsync();
    }

    private async Task AskAsync()
    {
        try
        {
            await claims.RenewAsync(CancellationToken.None);
        }
        finally
        {
            Volatile.Write(ref _isAsking, false);
        }
    }
}
