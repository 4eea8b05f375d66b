using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a deserializer takes one message from.</summary>
public abstract class DeserializationContext
{
    /// <summary>The payload's length in bytes.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>Copies the payload into an array that the caller owns.</summary>
    /// <exception cref="NotSupportedException">The context offers no copy.</exception>
    public virtual byte[] PayloadAsNewBuffer() => throw new NotSupportedException($"{GetType()} does not give its payload as an array.");

    /// <summary>The payload in place; valid only until the deserializer returns.</summary>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(PayloadAsNewBuffer());
}
