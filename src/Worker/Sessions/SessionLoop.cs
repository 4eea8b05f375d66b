using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Worker.Hosting;
using Polly;
using Polly.Retry;

namespace Maml.Cluster.Worker.Sessions;

/// <summary>Keeps the worker attached: dials until a coordinator accepts, and again whenever the stream is lost.</summary>
internal sealed class SessionLoop(WorkerSession session, GrpcChannel channel, WorkerOptions options, TimeProvider timeProvider, ILogger<SessionLoop> logger)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);

    private bool _wasAttached;

    /// <summary>Runs until the worker is drained.</summary>
    /// <param name="stopping">Asks the worker to drain.</param>
    /// <exception cref="WorkerException">The coordinator refuses this worker for good.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        ResiliencePipeline<SessionEnd> pipeline = CreatePipeline(stopping);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await pipeline.ExecuteAsync(async token => await session.RunAsync(channel, token), stopping) == SessionEnd.Drained) return;
                _wasAttached = true;

                // Between sessions too: a coordinator that accepts and drops at once must not be hammered.
                await Task.Delay(FirstDelay, timeProvider, stopping);
            }
            catch (RpcException e) when (IsFinal(e.StatusCode))
            {
                throw new WorkerException($"The coordinator at {options.Coordinator} refuses this worker ({e.StatusCode}): {e.Status.Detail}", e);
            }
            catch (Exception e) when (stopping.IsCancellationRequested && e is OperationCanceledException or RpcException or ProtocolException)
            {
                return;
            }
        }
    }

    // No session has begun where an exception comes out, so each gets the next, longer delay.
    private ResiliencePipeline<SessionEnd> CreatePipeline(CancellationToken stopping) => new ResiliencePipelineBuilder<SessionEnd> { TimeProvider = timeProvider }
        .AddRetry(new RetryStrategyOptions<SessionEnd>
        {
            ShouldHandle = new PredicateBuilder<SessionEnd>()
                .Handle<RpcException>(e => !IsFinal(e.StatusCode) && !stopping.IsCancellationRequested)
                .Handle<ProtocolException>(),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstDelay,
            MaxDelay = options.MaximumReconnectDelay,
            OnRetry = arguments =>
            {
                string reason = arguments.Outcome.Exception is RpcException e ? $"{e.StatusCode}: {e.Status.Detail}" : arguments.Outcome.Exception!.Message;
                SessionLog.NotAttached(logger, options.Coordinator, arguments.AttemptNumber + 1, arguments.RetryDelay, reason);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    // A worker that was let in before is most likely amid a change of tokens or certificates, which reaches both sides in its time.
    private bool IsFinal(StatusCode code) => code switch
    {
        StatusCode.FailedPrecondition or StatusCode.InvalidArgument or StatusCode.Unimplemented => true,
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => !_wasAttached,
        _ => false,
    };
}
