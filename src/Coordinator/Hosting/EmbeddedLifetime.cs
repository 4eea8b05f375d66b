namespace Maml.Cluster.Coordinator.Hosting;

/// <summary>Leaves signals to the process: the coordinator may be a part of the command line, which has its own answer to Ctrl-C.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
