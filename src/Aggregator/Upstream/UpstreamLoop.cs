using Grpc.Core;
using Maml.Cluster.Aggregator.Hosting;
using Maml.Cluster.Shared.Sessions;

namespace Maml.Cluster.Aggregator.Upstream;

/// <summary>Keeps the aggregator attached until it has left.</summary>
internal sealed class UpstreamLoop(UpstreamSession session, AggregatorOptions options, TimeProvider time, ILogger<UpstreamLoop> logger)
{
    private readonly AttachLoop _loop = new(
        session.RunAsync,
        options.MaximumReconnectDelay,
        time,
        (attempt, delay, reason) => logger.NotAttached(options.Coordinator, attempt, delay, reason));

    /// <summary>Runs until the aggregator has left.</summary>
    /// <param name="stopping">Asks it to leave.</param>
    /// <exception cref="AggregatorException">The coordinator refuses it for good.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await _loop.RunAsync(stopping);
        }
        catch (RpcException e)
        {
            throw new AggregatorException($"The coordinator at {options.Coordinator} refuses this aggregator ({e.StatusCode}): {e.Status.Detail}", e);
        }
    }
}
