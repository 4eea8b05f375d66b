using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>Shorthand for readers.</summary>
public static class AsyncStreamReaderExtensions
{
    /// <summary>The messages as an asynchronous sequence, for <c>await foreach</c>. It can be walked once.</summary>
    /// <exception cref="RpcException">On a client, while walking: the call ended with another status than OK.</exception>
    public static IAsyncEnumerable<T> ReadAllAsync<T>(
        this IAsyncStreamReader<T> streamReader, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        return Walk(streamReader, cancellationToken);
    }

    private static async IAsyncEnumerable<T> Walk<T>(
        IAsyncStreamReader<T> reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await reader.MoveNext(cancellationToken).ConfigureAwait(false))
            yield return reader.Current;
    }
}
