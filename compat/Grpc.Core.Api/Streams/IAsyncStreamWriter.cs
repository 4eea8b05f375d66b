namespace Grpc.Core;

/// <summary>The messages that go to the other side, one after another.</summary>
/// <typeparam name="T">The message type.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>How the messages from here on are sent; null for the call's own options.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Sends a message. Only one write may be under way at a time.</summary>
    Task WriteAsync(T message);

    /// <summary>Sends a message. Cancelling a write that has begun cancels the call.</summary>
    /// <exception cref="NotSupportedException">The token can be cancelled, and this writer cannot heed it.</exception>
    Task WriteAsync(T message, CancellationToken cancellationToken) => cancellationToken.CanBeCanceled
        ? throw new NotSupportedException($"{GetType()} cannot cancel a write; call WriteAsync without a token.")
        : WriteAsync(message);
}
