using Grpc.Core;
using Polly;
using Polly.Retry;

namespace Maml.Cluster.Shared.Sessions;

/// <summary>
/// Keeps a worker or an aggregator attached: dials until a coordinator accepts, goes where one sends it, and dials again whenever the stream
/// is lost.
/// </summary>
/// <param name="doors">Where to dial.</param>
/// <param name="session">Holds one stream from hello to its end; throws only before it is accepted.</param>
/// <param name="maximumDelay">The longest time between two attempts; the first is 250 ms, and each is about twice the one before.</param>
/// <param name="time">The clock.</param>
/// <param name="notAttached">Told of every attempt that failed: where, its number from 1, the time to the next, the reason.</param>
public sealed class AttachLoop(
    Doors doors, Func<CancellationToken, Task<AttachEnd>> session, TimeSpan maximumDelay, TimeProvider time, Action<Uri, int, TimeSpan, string> notAttached)
{
    // One that is sent on is let in by the next, unless that is about to end; more than a few say that they do not agree.
    private const int MaximumHops = 3;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);

    private bool _wasAttached;

    /// <summary>Runs until the session was left in good order.</summary>
    /// <param name="stopping">Asks to leave.</param>
    /// <exception cref="RpcException">The coordinator at the configured address refuses for good.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        ResiliencePipeline<AttachEnd> pipeline = CreatePipeline(stopping);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                AttachEnd end = await pipeline.ExecuteAsync(async token => await DialAsync(token), stopping);
                if (end is AttachEnd.Left) return;
                _wasAttached = true;
                if (end is AttachEnd.SentOn sent) doors.Follow(sent.Address);
                else doors.TurnAway(wasAttached: true);

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

    // From door to door, as long as it is only sent on.
    private async Task<AttachEnd> DialAsync(CancellationToken cancellationToken)
    {
        for (int hop = 0; ; hop++)
        {
            AttachEnd end = await session(cancellationToken);
            if (end is not AttachEnd.SentOn { WasAttached: false } sent) return end;
            if (hop == MaximumHops) throw new ProtocolException($"Coordinators have sent us on {hop + 1} times, the last one to {sent.Address}.");
            doors.Follow(sent.Address);
        }
    }

    // No session has begun where an exception comes out, so each gets the next, longer delay.
    private ResiliencePipeline<AttachEnd> CreatePipeline(CancellationToken stopping) => new ResiliencePipelineBuilder<AttachEnd> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<AttachEnd>
        {
            ShouldHandle = new PredicateBuilder<AttachEnd>()
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
                notAttached(doors.Current, arguments.AttemptNumber + 1, arguments.RetryDelay, reason);
                doors.TurnAway(wasAttached: false);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    // Who was let in before is most likely amid a change of tokens or certificates, which reaches both sides in its time; and only the
    // configured address has the last word.
    private bool IsRefusal(Exception fault) => doors.Current == doors.Home && fault is RpcException e && e.StatusCode switch
    {
        StatusCode.FailedPrecondition or StatusCode.InvalidArgument or StatusCode.Unimplemented => true,
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => !_wasAttached,
        _ => false,
    };
}
