namespace Maml.Cluster.Coordinator.Clustering.Ownership;

/// <summary>Renews this coordinator's leases, for as long as it lives.</summary>
internal sealed class RenewalLoop(RunClaims claims, ClusteringOptions options, TimeProvider time) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(options.RenewInterval, time, stoppingToken);
            await claims.RenewAsync(stoppingToken);
        }
    }
}
