using Grpc.Core;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Clustering.Placement;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Workers;

/// <summary>One worker's stream, from its hello to its end.</summary>
internal sealed class WorkerSession(
    WorkerRegistry registry, RoundDispatcher dispatcher, IEpochReports epochs, ChunkMetrics metrics, TimeProvider time, ShutdownSignal shutdown,
    ILogger<WorkerSession> logger)
{
    /// <summary>Serves the stream until either side ends it.</summary>
    /// <exception cref="RpcException">The worker was let go: DEADLINE_EXCEEDED; the coordinator ends: UNAVAILABLE.</exception>
    public async Task RunAsync(
        Hello hello, IAsyncStreamReader<WorkerMessage> requests, IServerStreamWriter<CoordinatorMessage> responses, CancellationToken cancellationToken)
    {
        using WorkerConnection connection = registry.Join(hello);
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, connection.Aborted, shutdown.GraceToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(broken.Token, shutdown.Token);
        Task writing = WriteAsync(connection, responses, ended, broken.Token);
        string reason = "it ended its stream";
        try
        {
            await ReadAsync(connection, connection.Lane?.Read(requests, FrameMarshallers.OfWorker) ?? requests, ended.Token);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.InvalidArgument or StatusCode.ResourceExhausted)
        {
            reason = $"it sent what is no message: {e.Status.Detail}";
            throw;
        }
        catch (Exception e) when (IsEndOfStream(e))
        {
            reason = connection.AbortReason ?? (shutdown.Token.IsCancellationRequested ? "the coordinator ends" : "its stream broke");
        }
        finally
        {
            registry.Leave(connection, reason);

            // A message that is given up resets the stream, and the worker would not read why it ends.
            await (shutdown.Token.IsCancellationRequested ? ended : broken).CancelAsync();
            await writing;
        }

        if (connection.AbortReason is { } abortReason)
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, $"Worker '{connection.Name}' was let go: {abortReason}."));
        if (shutdown.Token.IsCancellationRequested)
            throw ShutdownSignal.Fault();
    }

    private static bool IsEndOfStream(Exception e) => e is OperationCanceledException or IOException or RpcException;

    private async Task WriteAsync(
        WorkerConnection connection, IServerStreamWriter<CoordinatorMessage> responses, CancellationTokenSource ended, CancellationToken broken)
    {
        try
        {
            await new WorkerStreamWriter(connection, responses, metrics, time, ended.Token, broken).RunAsync();
        }
        catch (Exception e) when (IsEndOfStream(e) || e is InvalidOperationException)
        {
            // The reader finds the end of the stream too, and says why.
            await ended.CancelAsync();
        }
    }

    private async Task ReadAsync(WorkerConnection connection, IAsyncStreamReader<WorkerMessage> requests, CancellationToken cancellationToken)
    {
        var receiver = new ResultReceiver(connection, dispatcher, metrics, logger);
        while (await requests.MoveNext(cancellationToken))
        {
            connection.Touch(time.GetTimestamp());
            WorkerMessage message = requests.Current;
            switch (message.MessageCase)
            {
                case WorkerMessage.MessageOneofCase.Heartbeat: break;
                case WorkerMessage.MessageOneofCase.Result: receiver.Begin(message.Result); break;
                case WorkerMessage.MessageOneofCase.Gradient: receiver.Add(message.Gradient); break;
                case WorkerMessage.MessageOneofCase.Failure: receiver.Fail(message.Failure); break;
                case WorkerMessage.MessageOneofCase.Capacity when connection.IsAggregator && message.Capacity.ChunkSlots <= WorkerLimits.AggregatorSlots:
                    logger.Resized(connection.Name, message.Capacity.Workers, message.Capacity.ChunkSlots);
                    dispatcher.Resize(connection.Id, (int)message.Capacity.ChunkSlots);
                    break;
                case WorkerMessage.MessageOneofCase.Draining:
                    logger.Draining(connection.Name, message.Draining.Reason);
                    connection.IsLeaving = true;
                    dispatcher.Drain(connection.Id);
                    break;
                case WorkerMessage.MessageOneofCase.StaleEpoch when message.StaleEpoch is { Seen: <= long.MaxValue } stale && stale.Seen > stale.Epoch:
                    logger.SeenElsewhere(connection.Name, stale.RunId, stale.Epoch, stale.Seen);
                    epochs.Report(stale.RunId, (long)stale.Epoch, (long)stale.Seen);
                    break;
                default: logger.UnknownMessage(connection.Name, message.MessageCase.ToString()); break;
            }
        }
    }
}
