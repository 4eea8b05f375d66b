namespace Grpc.Core;

/// <summary>A server's stream of responses; it ends when the handler returns.</summary>
/// <typeparam name="T">The response type.</typeparam>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>
{
}
