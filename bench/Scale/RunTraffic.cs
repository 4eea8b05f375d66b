using Grpc.Core;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Scale;

/// <summary>What the coordinator itself says of the bytes of its rounds, which loopback's counter cannot tell from those of aggregators.</summary>
internal sealed class RunTraffic : IDisposable
{
    private readonly AsyncServerStreamingCall<RunEvent> _watch;
    private long _bytes;

    /// <summary>Begins to follow a run.</summary>
    public RunTraffic(RunService.RunServiceClient client, string runId)
    {
        _watch = client.WatchRun(new WatchRunRequest { RunId = runId });
        _ = FollowAsync();
    }

    /// <summary>Bytes of the messages to and from workers in the newest round that has ended; 0 before.</summary>
    public long BytesOfNewestRound => Volatile.Read(ref _bytes);

    /// <inheritdoc/>
    public void Dispose() => _watch.Dispose();

    private async Task FollowAsync()
    {
        try
        {
            await foreach (RunEvent happened in _watch.ResponseStream.ReadAllAsync())
                if (happened.Iteration?.Timings is { } timings) Volatile.Write(ref _bytes, (long)(timings.BytesSent + timings.BytesReceived));
        }
        catch (RpcException)
        {
            // The measurement is over.
        }
    }
}
