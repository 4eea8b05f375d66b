using Grpc.Core;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Shared.Sessions;

/// <summary>The call that a worker or an aggregator attaches with: the generated client's, but for the buffers of θ.</summary>
public static class AttachCall
{
    private static readonly Method<WorkerMessage, CoordinatorMessage> Attach = new(
        MethodType.DuplexStreaming,
        WorkerService.Descriptor.FullName,
        nameof(Attach),
        FrameMarshallers.OfWorker,
        FrameMarshallers.OfCoordinator);

    /// <summary>Begins the call.</summary>
    /// <param name="channel">To the coordinator.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public static AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> Begin(ChannelBase channel, CancellationToken cancellationToken) =>
        channel.CreateCallInvoker().AsyncDuplexStreamingCall(Attach, null, new CallOptions(cancellationToken: cancellationToken));
}
