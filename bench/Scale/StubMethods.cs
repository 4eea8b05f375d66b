using System.Buffers;
using Google.Protobuf;
using Grpc.Core;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Scale;

/// <summary>The worker's stream as a stub reads it: θ is taken off the wire and dropped, since the stubs share a machine with what is measured.</summary>
internal static class StubMethods
{
    // Tag of `parameters`, field 3 of CoordinatorMessage, with a length.
    private const byte ParametersTag = (3 << 3) | 2;

    private static readonly CoordinatorMessage SomeParameters = new() { Parameters = new VectorFrame() };

    /// <summary><c>WorkerService.Attach</c>. Of θ only that a piece of it came is known.</summary>
    public static readonly Method<WorkerMessage, CoordinatorMessage> Attach = new(
        MethodType.DuplexStreaming, "maml.v1.WorkerService", "Attach", Marshallers.Create<WorkerMessage>(Write, _ => throw new NotSupportedException()), Marshallers.Create<CoordinatorMessage>((_, _) => throw new NotSupportedException(), Read));

    private static void Write(WorkerMessage message, SerializationContext context)
    {
        context.SetPayloadLength(message.CalculateSize());
        message.WriteTo(context.GetBufferWriter());
        context.Complete();
    }

    private static CoordinatorMessage Read(DeserializationContext context)
    {
        ReadOnlySequence<byte> payload = context.PayloadAsReadOnlySequence();
        return payload.FirstSpan is [ParametersTag, ..] ? SomeParameters : CoordinatorMessage.Parser.ParseFrom(payload);
    }
}
