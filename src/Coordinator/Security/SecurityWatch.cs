using Maml.Cluster.Coordinator.Clustering.Security;

namespace Maml.Cluster.Coordinator.Security;

/// <summary>Looks after files and dates while nobody connects, so that a person hears of a fault before clients do.</summary>
/// <param name="security">The files of the coordinator's own doors.</param>
/// <param name="time">The clock.</param>
/// <param name="silo">Those of its silo; null where it has none.</param>
internal sealed class SecurityWatch(CoordinatorSecurity security, TimeProvider time, SiloCertificates? silo = null) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            security.Refresh();
            silo?.Refresh();
        }
    }
}
