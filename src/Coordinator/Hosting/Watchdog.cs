using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Monitoring;
using Maml.Cluster.Coordinator.Workers;

namespace Maml.Cluster.Coordinator.Hosting;

/// <summary>Looks after leases and heartbeats, whose end no event announces.</summary>
internal sealed class Watchdog(
    CoordinatorOptions options, RoundDispatcher dispatcher, WorkerRegistry workers, CoordinatorProbes probes, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period(), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            workers.Tick();
            dispatcher.Tick();
            probes.Tick();
        }
    }

    private TimeSpan Period()
    {
        TimeSpan shortest = new[] { LongestPeriod, options.HeartbeatInterval, options.LeaseDuration / 4 }.Min();
        return shortest > TimeSpan.FromMilliseconds(1) ? shortest : TimeSpan.FromMilliseconds(1);
    }
}
