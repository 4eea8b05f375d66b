using Grpc.Core;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Sessions;
using Maml.Cluster.Worker.Devices;
using Maml.Cluster.Worker.Hosting;

namespace Maml.Cluster.Worker.Sessions;

/// <summary>The first message of each side.</summary>
internal static class Handshake
{
    /// <summary>Version of the contract that this worker speaks.</summary>
    public const uint ProtocolVersion = 1;

    // Below it the stream would carry little else; above it no coordinator could tell a dead worker in time.
    private const uint MinimumHeartbeatMilliseconds = 10;
    private const uint MaximumHeartbeatMilliseconds = 600_000;

    /// <summary>Introduces the worker and waits for its welcome.</summary>
    /// <exception cref="ProtocolException">The coordinator answered with something else.</exception>
    /// <exception cref="RpcException">The coordinator is not there, or refuses.</exception>
    public static async Task<Welcome> PerformAsync(
        AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> call, Hello hello, CancellationToken cancellationToken)
    {
        try
        {
            await call.RequestStream.WriteAsync(new WorkerMessage { Hello = hello }, cancellationToken);
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException or IOException && !cancellationToken.IsCancellationRequested)
        {
            // A coordinator may refuse before it has read; its answer says why, and this does not.
        }

        if (!await call.ResponseStream.MoveNext(cancellationToken))
            throw new ProtocolException("The coordinator ended the stream without a welcome.");
        if (call.ResponseStream.Current is not { MessageCase: CoordinatorMessage.MessageOneofCase.Welcome } message)
            throw new ProtocolException($"The coordinator's first message is {call.ResponseStream.Current.MessageCase}; expected Welcome.");
        uint milliseconds = message.Welcome.HeartbeatMilliseconds;
        return milliseconds is >= MinimumHeartbeatMilliseconds and <= MaximumHeartbeatMilliseconds
            ? message.Welcome
            : throw new ProtocolException(
                $"The coordinator asks for a heartbeat every {milliseconds} ms; expected {MinimumHeartbeatMilliseconds} to {MaximumHeartbeatMilliseconds}.");
    }

    /// <summary>Says who this worker is.</summary>
    public static Hello Introduce(WorkerOptions options, DeviceDescription device, HandoverFolder? handover) => new()
    {
        ProtocolVersion = ProtocolVersion,
        Name = options.Name,
        SoftwareVersion = typeof(Handshake).Assembly.GetName().Version?.ToString(3) ?? "",
        TorchVersion = DeviceCatalog.TorchVersion,
        Device = device.Name,
        DeviceName = device.ProductName,
        DeviceMemoryBytes = (ulong)device.MemoryBytes,
        ProcessId = (uint)Environment.ProcessId,
        ChunkSlots = (uint)options.ChunkSlots,
        Handover = handover?.Path ?? "",
    };
}
