namespace Maml.Cluster.Compat.Tests.Loopback;

/// <summary>What the server saw, for tests that look at both ends of a call.</summary>
internal sealed class CallLog
{
    private readonly TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed when a handler has begun to wait.</summary>
    public Task Waiting => waiting.Task;

    /// <summary>Completed when a waiting handler has been cancelled.</summary>
    public Task Cancelled => cancelled.Task;

    /// <summary>How the last unary request was compressed.</summary>
    public string? RequestEncoding { get; set; }

    public async Task WaitForCancellationAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetResult());
        waiting.TrySetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
