using Maml.Cluster.Coordinator.Clustering.Ownership;

namespace Maml.Cluster.Coordinator.Clustering.Takeover;

/// <summary>Looks after all runs of the ledger, for a coordinator that shares them with nobody: those of its earlier starts go on.</summary>
internal sealed class LedgerSweep(IRunLedger ledger, RunWaker waker, ClusteringOptions options, TimeProvider time, ILogger<LedgerSweep> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await SweepAsync(stoppingToken);
            await Task.Delay(options.WakeInterval, time, stoppingToken);
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (LedgerEntry entry in await ledger.ListAsync(cancellationToken))
                if (entry is { IsUnfinished: true, IsOwned: false }) await waker.WakeAsync(entry.RunId, cancellationToken);
        }
        catch (IOException e)
        {
            logger.NotSwept(e.Message);
        }
    }
}
