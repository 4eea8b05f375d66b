using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Sessions;

namespace Maml.Cluster.Worker.Sessions;

/// <summary>Says at regular times that the worker lives, also while a chunk is computed.</summary>
internal sealed class HeartbeatLoop(Outbox outbox, TimeProvider timeProvider)
{
    /// <summary>Posts heartbeats until cancelled.</summary>
    /// <param name="interval">Time between two of them.</param>
    /// <param name="cancellationToken">Ends the loop.</param>
    public async Task RunAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, timeProvider);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var heartbeat = new Heartbeat { ResidentBytes = (ulong)Environment.WorkingSet };
            await outbox.PostAsync([new WorkerMessage { Heartbeat = heartbeat }], cancellationToken);
        }
    }
}
