using Grpc.Core;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Shared.Sessions;

/// <summary>The first message of each side.</summary>
public static class Greeting
{
    /// <summary>Version of the contract that this side speaks.</summary>
    public const uint ProtocolVersion = 1;

    // Below it the stream would carry little else; above it no coordinator could tell a dead worker in time.
    private const uint MinimumHeartbeatMilliseconds = 10;
    private const uint MaximumHeartbeatMilliseconds = 600_000;

    /// <summary>How long a coordinator may take to answer. 5 s: one that is halted takes connections in and says nothing, while others would.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Says hello and waits for the answer.</summary>
    /// <param name="call">The call.</param>
    /// <param name="hello">Who we are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A message with a welcome, or with a redirect.</returns>
    /// <exception cref="ProtocolException">The coordinator answered with something else, or not in time.</exception>
    /// <exception cref="RpcException">The coordinator is not there, or refuses.</exception>
    public static async Task<CoordinatorMessage> PerformAsync(
        AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> call, Hello hello, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        using var late = new CancellationTokenSource(Limit, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await ExchangeAsync(call, hello, ended.Token);
        }
        catch (Exception e) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested && e is OperationCanceledException or RpcException)
        {
            throw new ProtocolException($"The coordinator did not answer within {Limit.TotalSeconds:0} s.", e);
        }
    }

    private static async Task<CoordinatorMessage> ExchangeAsync(
        AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> call, Hello hello, CancellationToken cancellationToken)
    {
        try
        {
            await call.RequestStream.WriteAsync(new WorkerMessage { Hello = hello }, cancellationToken);
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException or IOException && !cancellationToken.IsCancellationRequested)
        {
            // A coordinator may refuse before it has read; its answer says why, and this does not.
        }

        if (!await call.ResponseStream.MoveNext(cancellationToken))
            throw new ProtocolException("The coordinator ended the stream without a welcome.");
        CoordinatorMessage message = call.ResponseStream.Current;
        return message.MessageCase switch
        {
            CoordinatorMessage.MessageOneofCase.Redirect => message,
            CoordinatorMessage.MessageOneofCase.Welcome when message.Welcome.HeartbeatMilliseconds is >= MinimumHeartbeatMilliseconds and <= MaximumHeartbeatMilliseconds =>
                message,
            CoordinatorMessage.MessageOneofCase.Welcome => throw new ProtocolException(
                $"The coordinator asks for a heartbeat every {message.Welcome.HeartbeatMilliseconds} ms; "
                + $"expected {MinimumHeartbeatMilliseconds} to {MaximumHeartbeatMilliseconds}."),
            _ => throw new ProtocolException($"The coordinator's first message is {message.MessageCase}; expected Welcome."),
        };
    }
}
