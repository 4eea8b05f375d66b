using Grpc.Core;
using Polly;
using Polly.Retry;

namespace Maml.Cluster.Shared.Sessions;

/// <summary>Keeps a worker or an aggregator attached: dials until a coordinator accepts, and again whenever the stream is lost.</summary>
/// <param name="session">Holds one stream from hello to its end. True when it was left in good order, false when it was lost; throws only before it is accepted.</param>
/// <param name="maximumDelay">The longest time between two attempts; the first is 250 ms, and each is about twice the one before.</param>
/// <param name="time">The clock.</param>
/// <param name="notAttached">Told of every attempt that failed: its number from 1, the time to the next, the reason.</param>
public sealed class AttachLoop(
    Func<CancellationToken, Task<bool>> session, TimeSpan maximumDelay, TimeProvider time, Action<int, TimeSpan, string> notAttached)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);

    private bool _wasAttached;

    /// <summary>Runs until the session was left in good order.</summary>
    /// <param name="stopping">Asks to leave.</param>
    /// <exception cref="RpcException">The coordinator refuses for good.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        ResiliencePipeline<bool> pipeline = CreatePipeline(stopping);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await pipeline.ExecuteAsync(async token => await session(token), stopping)) return;
                _wasAttached = true;

                // Between sessions too: a coordinator that accepts and drops at once must not be hammered.
                await Task.Delay(FirstDelay, time, stopping);
            }
            catch (Exception e) when (stopping.IsCancellationRequested && !IsRefusal(e)
                && e is OperationCanceledException or RpcException or ProtocolException)
            {
                return;
            }
        }
    }

    // No session has begun where an exception comes out, so each gets the next, longer delay.
    private ResiliencePipeline<bool> CreatePipeline(CancellationToken stopping) => new ResiliencePipelineBuilder<bool> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<bool>
        {
            ShouldHandle = new PredicateBuilder<bool>()
                .Handle<RpcException>(e => !IsRefusal(e) && !stopping.IsCancellationRequested)
                .Handle<ProtocolException>(),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstDelay,
            MaxDelay = maximumDelay,
            OnRetry = arguments =>
            {
                string reason = arguments.Outcome.Exception is RpcException e ? $"{e.StatusCode}: {e.Status.Detail}" : arguments.Outcome.Exception!.Message;
                notAttached(arguments.AttemptNumber + 1, arguments.RetryDelay, reason);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    // Who was let in before is most likely amid a change of tokens or certificates, which reaches both sides in its time.
    private bool IsRefusal(Exception fault) => fault is RpcException e && e.StatusCode switch
    {
        StatusCode.FailedPrecondition or StatusCode.InvalidArgument or StatusCode.Unimplemented => true,
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => !_wasAttached,
        _ => false,
    };
}
