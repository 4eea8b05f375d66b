using Grpc.Core;

namespace Maml.Cluster.Shared.Tests.Lanes;

/// <summary>The messages of a call that carries none and ends when the test says so.</summary>
internal sealed class OpenCall<T> : IAsyncStreamReader<T>
{
    private readonly TaskCompletionSource<bool> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public T Current => throw new InvalidOperationException("This call carries no messages.");

    public Task<bool> MoveNext(CancellationToken cancellationToken) => _end.Task.WaitAsync(cancellationToken);

    public void EndWell() => _end.SetResult(false);

    public void Break(StatusCode status, string detail) => _end.SetException(new RpcException(new Status(status, detail)));
}
