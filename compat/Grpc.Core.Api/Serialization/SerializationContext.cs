using System.Buffers;

namespace Grpc.Core;

/// <summary>
/// Where a serializer puts one message: either a whole array, or a length, then bytes into a buffer writer, then <see cref="Complete()"/>.
/// </summary>
public abstract class SerializationContext
{
    /// <summary>Hands over a whole payload and completes the message.</summary>
    /// <exception cref="NotSupportedException">The context takes none.</exception>
    public virtual void Complete(byte[] payload) => throw new NotSupportedException($"{GetType()} does not take a payload as an array.");

    /// <summary>The place to write the payload to.</summary>
    /// <exception cref="NotSupportedException">The context has none.</exception>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotSupportedException($"{GetType()} has no buffer writer.");

    /// <summary>Announces how many bytes will be written, so that they need not be copied; before the first of them.</summary>
    /// <param name="payloadLength">The payload's length in bytes.</param>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    /// <summary>Says that all of the payload has been written to the buffer writer.</summary>
    /// <exception cref="NotSupportedException">The context has no buffer writer.</exception>
    public virtual void Complete() => throw new NotSupportedException($"{GetType()} has no buffer writer to complete.");
}
