using System.Buffers;
using Google.Protobuf;
using Grpc.Core;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Shared.Parameters;

/// <summary>How the two messages of a worker's stream become bytes and come back, with frames in arrays that are used again (<see cref="PooledFrames"/>).</summary>
public static class FrameMarshallers
{
    /// <summary>A worker's messages.</summary>
    public static Marshaller<WorkerMessage> OfWorker { get; } = Marshallers.Create(Write, ReadWorkerMessage);

    /// <summary>A coordinator's messages to a worker.</summary>
    public static Marshaller<CoordinatorMessage> OfCoordinator { get; } = Marshallers.Create(Write, ReadCoordinatorMessage);

    private static void Write(IMessage message, SerializationContext context)
    {
        context.SetPayloadLength(message.CalculateSize());
        message.WriteTo(context.GetBufferWriter());
        context.Complete();
    }

    private static WorkerMessage ReadWorkerMessage(DeserializationContext context)
    {
        ReadOnlySequence<byte> payload = context.PayloadAsReadOnlySequence();
        return PooledFrames.TryRead(payload, WorkerMessage.GradientFieldNumber) is { } gradient
            ? new WorkerMessage { Gradient = gradient }
            : WorkerMessage.Parser.ParseFrom(payload);
    }

    private static CoordinatorMessage ReadCoordinatorMessage(DeserializationContext context)
    {
        ReadOnlySequence<byte> payload = context.PayloadAsReadOnlySequence();
        return PooledFrames.TryRead(payload, CoordinatorMessage.ParametersFieldNumber) is { } parameters
            ? new CoordinatorMessage { Parameters = parameters }
            : CoordinatorMessage.Parser.ParseFrom(payload);
    }
}
