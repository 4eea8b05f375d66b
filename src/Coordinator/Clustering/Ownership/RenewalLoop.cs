namespace Maml.Cluster.Coordinator.Clustering.Ownership;

/// <summary>Renews this coordinator's leases, for as long as it lives. The interval is from one question to the next, however long its answer takes.</summary>
internal sealed class RenewalLoop(RunClaims claims, ClusteringOptions options, TimeProvider time) : BackgroundService
{
    // A database that refuses at once is not asked at once again.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (long askedAt = time.GetTimestamp(); ;)
        {
            TimeSpan rest = options.RenewInterval - time.GetElapsedTime(askedAt);
            await Task.Delay(rest > ShortestPause ? rest : ShortestPause, time, stoppingToken);
            askedAt = time.GetTimestamp();
            await claims.RenewAsync(stoppingToken);
        }
    }
}
