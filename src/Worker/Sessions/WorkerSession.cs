using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Sessions;
using Maml.Cluster.Worker.Devices;
using Maml.Cluster.Worker.Health;
using Maml.Cluster.Worker.Hosting;
using Maml.Cluster.Worker.Sessions.Chunks;
using Maml.Cluster.Worker.Sessions.Data;
using Maml.Cluster.Worker.Telemetry;

namespace Maml.Cluster.Worker.Sessions;

/// <summary>Holds one stream to the coordinator, from hello to its end.</summary>
internal sealed class WorkerSession(
    WorkerOptions options, DeviceDescription device, ChunkComputer computer, DataSetProvider dataSets, WorkerHealth health,
    WorkerMetrics metrics, TimeProvider timeProvider, ILoggerFactory loggers)
{
    // A coordinator that does not close its half after ours is not waited for: nothing it could still say matters.
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(1);

    private readonly ILogger<WorkerSession> _logger = loggers.CreateLogger<WorkerSession>();

    /// <summary>Attaches, computes chunks until the stream ends or the worker shall leave, and leaves in good order.</summary>
    /// <param name="channel">To the coordinator.</param>
    /// <param name="stopping">Asks the worker to drain.</param>
    /// <exception cref="RpcException">The coordinator is not there, or refuses; never after it has accepted.</exception>
    /// <exception cref="ProtocolException">The coordinator's first message is not what it must be.</exception>
    public async Task<SessionEnd> RunAsync(GrpcChannel channel, CancellationToken stopping)
    {
        using HandoverFolder? handover = options.HandoverDirectory is { } folder ? HandoverFolder.TryOpen(folder) : null;
        using var ending = new CancellationTokenSource();
        using AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> call = AttachCall.Begin(channel, ending.Token);
        Welcome welcome = await Handshake.PerformAsync(call, Handshake.Introduce(options, device, handover), stopping);
        SessionLog.Attached(_logger, options.Coordinator, welcome.WorkerId, device.Name);
        health.SetAttached(true);

        var chunks = new ChunkQueue();
        var outbox = new Outbox();
        var inbox = new Inbox(chunks, outbox, handover, timeProvider, loggers.CreateLogger<Inbox>());
        var answers = new ChunkAnswers(handover is null ? null : new HandedGradients(handover, options.ChunkSlots), timeProvider);
        var loop = new ChunkLoop(
            chunks, outbox, computer, answers, dataSets, new DataSetService.DataSetServiceClient(channel), metrics, timeProvider,
            loggers.CreateLogger<ChunkLoop>());
        var activities = new SessionActivities(
            Reading: inbox.ReadAllAsync(call.ResponseStream, ending.Token),
            Writing: outbox.WriteAllAsync(call.RequestStream, ending.Token),
            Computing: loop.RunAsync(ending.Token),
            Beating: new HeartbeatLoop(outbox, timeProvider).RunAsync(TimeSpan.FromMilliseconds(welcome.HeartbeatMilliseconds), ending.Token));
        try
        {
            if (await activities.WhenAnyEndsOrAsync(inbox.DrainRequested, stopping) is not { } reason)
            {
                SessionLog.Lost(_logger, activities.FirstFault() ?? "it ended the stream");
                return SessionEnd.Lost;
            }

            await DrainAsync(reason, call.RequestStream, chunks, outbox, activities);
            return SessionEnd.Drained;
        }
        finally
        {
            health.SetAttached(false);
            chunks.Close();
            outbox.Close();
            await ending.CancelAsync();
            await activities.SettleAsync();
        }
    }

    private async Task DrainAsync(
        string reason, IClientStreamWriter<WorkerMessage> stream, ChunkQueue chunks, Outbox outbox, SessionActivities activities)
    {
        SessionLog.Draining(_logger, reason);
        using var limit = new CancellationTokenSource(options.DrainTimeout, timeProvider);
        try
        {
            await outbox.PostAsync([new WorkerMessage { Draining = new WorkerDraining { Reason = reason } }], limit.Token);
            chunks.Close();
            await Task.WhenAny(activities.Computing, activities.Reading, activities.Writing).WaitAsync(limit.Token);
            outbox.Close();
            await activities.Writing.WaitAsync(limit.Token);
            await stream.CompleteAsync();
            await activities.Reading.WaitAsync(FarewellLimit, timeProvider, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            SessionLog.DrainTimedOut(_logger, options.DrainTimeout);
        }
        catch (Exception e) when (e is TimeoutException or RpcException or InvalidOperationException)
        {
            SessionLog.Lost(_logger, e.Message);
        }
    }
}
