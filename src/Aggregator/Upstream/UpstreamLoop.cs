using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Aggregator.Hosting;
using Maml.Cluster.Shared.Sessions;

namespace Maml.Cluster.Aggregator.Upstream;

/// <summary>Keeps the aggregator attached until it has left.</summary>
internal sealed class UpstreamLoop(
    UpstreamSession session, AttachChannels<GrpcChannel> channels, AggregatorOptions options, TimeProvider time, ILogger<UpstreamLoop> logger)
{
    /// <summary>Runs until the aggregator has left.</summary>
    /// <param name="stopping">Asks it to leave.</param>
    /// <exception cref="AggregatorException">The coordinator refuses it for good.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        var doors = new Doors(options.Coordinator);
        var loop = new AttachLoop(
            doors, token => session.RunAsync(doors, channels.To(doors.Current), token), options.MaximumReconnectDelay, time, logger.NotAttached);
        try
        {
            await loop.RunAsync(stopping);
        }
        catch (RpcException e)
        {
            throw new AggregatorException($"The coordinator at {options.Coordinator} refuses this aggregator ({e.StatusCode}): {e.Status.Detail}", e);
        }
    }
}
