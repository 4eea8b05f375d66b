using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Shared.Sessions;
using Maml.Cluster.Worker.Hosting;

namespace Maml.Cluster.Worker.Sessions;

/// <summary>Keeps the worker attached until it is drained.</summary>
internal sealed class SessionLoop(
    WorkerSession session, AttachChannels<GrpcChannel> channels, WorkerOptions options, TimeProvider timeProvider, ILogger<SessionLoop> logger)
{
    /// <summary>Runs until the worker is drained.</summary>
    /// <param name="stopping">Asks the worker to drain.</param>
    /// <exception cref="WorkerException">The coordinator refuses this worker for good.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        var doors = new Doors(options.Coordinator);
        var loop = new AttachLoop(
            doors,
            token => session.RunAsync(doors, channels.To(doors.Current), token),
            options.MaximumReconnectDelay,
            timeProvider,
            (address, attempt, delay, reason) => SessionLog.NotAttached(logger, address, attempt, delay, reason));
        try
        {
            await loop.RunAsync(stopping);
        }
        catch (RpcException e)
        {
            throw new WorkerException($"The coordinator at {options.Coordinator} refuses this worker ({e.StatusCode}): {e.Status.Detail}", e);
        }
    }
}
