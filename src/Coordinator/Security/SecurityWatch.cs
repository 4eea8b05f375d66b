namespace Maml.Cluster.Coordinator.Security;

/// <summary>Looks after files and dates while nobody connects, so that a person hears of a fault before clients do.</summary>
internal sealed class SecurityWatch(CoordinatorSecurity security, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) security.Refresh();
    }
}
