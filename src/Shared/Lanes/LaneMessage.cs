using System.Buffers;
using Grpc.Core;

namespace Maml.Cluster.Shared.Lanes;

/// <summary>A message's bytes as a marshaller wants them.</summary>
internal sealed class LaneMessage(ReadOnlySequence<byte> bytes) : DeserializationContext
{
    /// <inheritdoc/>
    public override int PayloadLength => (int)bytes.Length;

    /// <inheritdoc/>
    public override byte[] PayloadAsNewBuffer() => bytes.ToArray();

    /// <inheritdoc/>
    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => bytes;
}
