using Grpc.Core;
using Maml.Cluster.Coordinator.Workers;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Services;

/// <summary>Where workers dial in.</summary>
internal sealed class WorkerEndpoint(WorkerSession session) : WorkerService.WorkerServiceBase
{
    private const uint ProtocolVersion = 1;
    private const uint MaximumSlots = 16;

    /// <inheritdoc/>
    public override async Task Attach(
        IAsyncStreamReader<WorkerMessage> requestStream, IServerStreamWriter<CoordinatorMessage> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken)) return;
        if (requestStream.Current.Hello is not { } hello)
            throw RpcFaults.Invalid($"The first message is {requestStream.Current.MessageCase}; expected hello.");
        if (hello.ProtocolVersion != ProtocolVersion)
        {
            throw new RpcException(new Status(
                StatusCode.FailedPrecondition,
                $"The worker speaks version {hello.ProtocolVersion} of the protocol; expected {ProtocolVersion}. Run the same version of maml on both sides."));
        }

        if (hello.ChunkSlots is 0 or > MaximumSlots)
            throw RpcFaults.Invalid($"hello.chunk_slots: found {hello.ChunkSlots}, expected 1 to {MaximumSlots}.");
        await session.RunAsync(hello, requestStream, responseStream, context.CancellationToken);
    }
}
