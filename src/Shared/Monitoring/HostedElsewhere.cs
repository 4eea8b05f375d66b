using Microsoft.Extensions.Hosting;

namespace Maml.Cluster.Shared.Monitoring;

/// <summary>A lifetime that reacts to nothing: the host that is watched starts and stops the endpoint.</summary>
internal sealed class HostedElsewhere : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
