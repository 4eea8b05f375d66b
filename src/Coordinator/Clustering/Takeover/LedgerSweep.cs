using Maml.Cluster.Coordinator.Clustering.Ownership;

namespace Maml.Cluster.Coordinator.Clustering.Takeover;

/// <summary>
/// Looks for runs that nobody has. A coordinator that shares its runs with nobody goes on so with those of its earlier starts. In a cluster
/// the runs' reminders come first where all is well, and this where Orleans itself has yet to find out who is gone: each coordinator then
/// takes one run at a time, so that the runs of one that is gone are spread over the others.
/// </summary>
internal sealed class LedgerSweep(IRunLedger ledger, RunWaker waker, ClusteringOptions options, TimeProvider time, ILogger<LedgerSweep> logger) : BackgroundService
{
    // A query that finds nothing, on an index.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // What reminders need when all is well.
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    private bool IsShared => options.Kind == ClusterKind.Orleans;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Interval, time, stoppingToken);
            await SweepAsync(stoppingToken);
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (string runId in await ledger.ListAdriftAsync(IsShared ? Age : TimeSpan.Zero, cancellationToken))
                if (await waker.WakeAsync(runId, cancellationToken) == WakeAnswer.Here && IsShared) return;
        }
        catch (IOException e)
        {
            logger.NotSwept(e.Message);
        }
    }
}
