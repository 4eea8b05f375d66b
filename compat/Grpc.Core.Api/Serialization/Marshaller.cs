namespace Grpc.Core;

/// <summary>How a message type becomes bytes and comes back.</summary>
/// <typeparam name="T">The message type.</typeparam>
public class Marshaller<T>
{
    /// <summary>Pairs a serializer with its inverse.</summary>
    /// <exception cref="ArgumentNullException">One of the two is null.</exception>
    public Marshaller(Action<T, SerializationContext> serializer, Func<DeserializationContext, T> deserializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(deserializer);
        ContextualSerializer = serializer;
        ContextualDeserializer = deserializer;
    }

    /// <summary>Writes a message into the context and completes it.</summary>
    public Action<T, SerializationContext> ContextualSerializer { get; }

    /// <summary>Reads one message out of the context's payload.</summary>
    public Func<DeserializationContext, T> ContextualDeserializer { get; }
}
