using Grpc.Core;
using Maml.Cluster.Aggregator.Hosting;
using Polly;
using Polly.Retry;

namespace Maml.Cluster.Aggregator.Upstream;

/// <summary>Keeps the aggregator attached: dials until the coordinator accepts, and again whenever the stream is lost.</summary>
internal sealed class UpstreamLoop(UpstreamSession session, AggregatorOptions options, TimeProvider time, ILogger<UpstreamLoop> logger)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);

    private bool _wasAttached;

    /// <summary>Runs until the aggregator has left.</summary>
    /// <param name="stopping">Asks it to leave.</param>
    /// <exception cref="AggregatorException">The coordinator refuses it for good.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        ResiliencePipeline<bool> pipeline = CreatePipeline(stopping);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await pipeline.ExecuteAsync(async _ => await session.RunAsync(stopping), stopping)) return;
                _wasAttached = true;

                // Between sessions too: a coordinator that accepts and drops at once must not be hammered.
                await Task.Delay(FirstDelay, time, stopping);
            }
            catch (RpcException e) when (IsFinal(e.StatusCode))
            {
                throw new AggregatorException($"The coordinator at {options.Coordinator} refuses this aggregator ({e.StatusCode}): {e.Status.Detail}", e);
            }
            catch (Exception e) when (stopping.IsCancellationRequested && e is OperationCanceledException or RpcException or UpstreamException)
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
                .Handle<RpcException>(e => !IsFinal(e.StatusCode) && !stopping.IsCancellationRequested)
                .Handle<UpstreamException>(),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstDelay,
            MaxDelay = options.MaximumReconnectDelay,
            OnRetry = arguments =>
            {
                string reason = arguments.Outcome.Exception is RpcException e ? $"{e.StatusCode}: {e.Status.Detail}" : arguments.Outcome.Exception!.Message;
                logger.NotAttached(options.Coordinator, arguments.AttemptNumber + 1, arguments.RetryDelay, reason);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    // An aggregator that was let in before is most likely amid a change of tokens or certificates, which reaches both sides in its time.
    private bool IsFinal(StatusCode code) => code switch
    {
        StatusCode.FailedPrecondition or StatusCode.InvalidArgument or StatusCode.Unimplemented => true,
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => !_wasAttached,
        _ => false,
    };
}
