using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Shared.Sessions;
using Maml.Cluster.Worker.Hosting;

namespace Maml.Cluster.Worker.Sessions;

/// <summary>Keeps the worker attached until it is drained.</summary>
internal sealed class SessionLoop(WorkerSession session, GrpcChannel channel, WorkerOptions options, TimeProvider timeProvider, ILogger<SessionLoop> logger)
{
    private readonly AttachLoop _loop = new(
        async stopping => await session.RunAsync(channel, stopping) == SessionEnd.Drained,
        options.MaximumReconnectDelay,
        timeProvider,
        (attempt, delay, reason) => SessionLog.NotAttached(logger, options.Coordinator, attempt, delay, reason));

    /// <summary>Runs until the worker is drained.</summary>
    /// <param name="stopping">Asks the worker to drain.</param>
    /// <exception cref="WorkerException">The coordinator refuses this worker for good.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await _loop.RunAsync(stopping);
        }
        catch (RpcException e)
        {
            throw new WorkerException($"The coordinator at {options.Coordinator} refuses this worker ({e.StatusCode}): {e.Status.Detail}", e);
        }
    }
}
