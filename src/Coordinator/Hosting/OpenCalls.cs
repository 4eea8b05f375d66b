namespace Maml.Cluster.Coordinator.Hosting;

/// <summary>
/// The calls that are being served. Their clients learn how they ended before the server is stopped: it breaks a connection off as soon as it
/// has answered, and a client whose half of a stream is open then reads INTERNAL where it has not yet come to read the status.
/// </summary>
internal sealed class OpenCalls(ShutdownSignal shutdown, TimeProvider time)
{
    // Calls that are given up when the grace is over have their streams reset, which takes a moment too.
    private static readonly TimeSpan Limit = ShutdownSignal.Grace + TimeSpan.FromSeconds(0.5);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One for the server itself.
    private int _count = 1;

    /// <summary>Serves a call. One that ends after the signal is over when its client has closed its half too, or the grace is.</summary>
    public async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        Interlocked.Increment(ref _count);
        try
        {
            await next(context);
            if (shutdown.Token.IsCancellationRequested) await LingerAsync(context);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Ends the streams, and waits until every client knows, or has been given up. To be called once.</summary>
    public async Task EndAsync()
    {
        await shutdown.RaiseAsync();
        Leave();
        await _ended.Task.WaitAsync(Limit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task LingerAsync(HttpContext context)
    {
        try
        {
            await context.Response.CompleteAsync();
            await context.Request.Body.CopyToAsync(Stream.Null, shutdown.GraceToken);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // It has gone, or takes longer than the coordinator can wait.
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _count) == 0) _ended.TrySetResult();
    }
}
