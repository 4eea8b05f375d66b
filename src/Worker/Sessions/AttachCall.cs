using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Worker.Sessions;

/// <summary>The call that a worker attaches with: the generated client's, but for the buffers of θ.</summary>
internal static class AttachCall
{
    private static readonly Method<WorkerMessage, CoordinatorMessage> Attach = new(
        MethodType.DuplexStreaming,
        WorkerService.Descriptor.FullName,
        nameof(Attach),
        FrameMarshallers.OfWorker,
        FrameMarshallers.OfCoordinator);

    /// <summary>Begins the call.</summary>
    public static AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> Begin(GrpcChannel channel, CancellationToken cancellationToken) =>
        channel.CreateCallInvoker().AsyncDuplexStreamingCall(Attach, null, new CallOptions(cancellationToken: cancellationToken));
}
