using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Lanes;
using Maml.Cluster.Shared.Parameters;
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

    // Nobody waits for a worker that is sent to another coordinator, but for one chunk and the next. A lease's default: longer ones have ended.
    private static readonly TimeSpan MoveLimit = TimeSpan.FromSeconds(60);

    // gRPC's own limit, which the call has.
    private const int LargestMessage = 4 << 20;

    private readonly ILogger<WorkerSession> _logger = loggers.CreateLogger<WorkerSession>();
    private readonly string _instance = Guid.NewGuid().ToString("N");
    private readonly RunEpochs _epochs = new();
    private readonly RedirectRules _rules = new(options.Coordinator, options.Credentials, options.InsecureAllowRemote);

    /// <summary>Attaches, computes chunks until the stream ends or the worker shall leave, and leaves in good order.</summary>
    /// <param name="doors">Where the coordinator is, and where others are.</param>
    /// <param name="channel">To the coordinator.</param>
    /// <param name="stopping">Asks the worker to drain.</param>
    /// <exception cref="RpcException">The coordinator is not there, or refuses; never after it has accepted.</exception>
    /// <exception cref="ProtocolException">The coordinator's first message is not what it must be.</exception>
    public async Task<AttachEnd> RunAsync(Doors doors, GrpcChannel channel, CancellationToken stopping)
    {
        using HandoverReader? handover = options.HandoverDirectory is { } folder ? HandoverReader.TryOpen(folder) : null;
        using HandoverWriter? writer = handover is null ? null : HandoverWriter.TryCreateWithin(options.HandoverDirectory!);
        using LaneDoor? door = writer is null ? null : LaneDoor.TryOpen(writer.Path);
        using var ending = new CancellationTokenSource();
        using AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> call = AttachCall.Begin(channel, ending.Token);
        CoordinatorMessage answer = await Greeting.PerformAsync(call, Introduction.Of(options, device, _instance, doors.IsRedirected, writer), timeProvider, stopping);
        if (answer.Redirect is { } redirect)
        {
            Uri address = _rules.Read(redirect);
            SessionLog.SentOn(_logger, doors.Current, address, redirect.Reason);
            return new AttachEnd.SentOn(address, WasAttached: false);
        }

        using Lane<CoordinatorMessage, WorkerMessage>? lane = await AdmitAsync(answer.Welcome, door, stopping);
        door?.Dispose();
        SessionLog.Attached(_logger, doors.Current, answer.Welcome.WorkerId, device.Name);
        health.SetAttached(true);

        var chunks = new ChunkQueue();
        var outbox = new Outbox();
        var inbox = new Inbox(chunks, outbox, _epochs, doors, _rules, handover, timeProvider, loggers.CreateLogger<Inbox>());
        var answers = new ChunkAnswers(writer is null ? null : new HandedGradients(writer, options.ChunkSlots), timeProvider);
        var loop = new ChunkLoop(
            chunks, outbox, computer, answers, dataSets, new DataSetService.DataSetServiceClient(channel), metrics, timeProvider,
            loggers.CreateLogger<ChunkLoop>());
        var activities = new SessionActivities(
            Reading: inbox.ReadAllAsync(lane?.Read(call.ResponseStream, FrameMarshallers.OfCoordinator) ?? call.ResponseStream, ending.Token),
            Writing: outbox.WriteAllAsync(lane is null ? call.RequestStream : lane.Writer, ending.Token),
            Computing: loop.RunAsync(ending.Token),
            Beating: new HeartbeatLoop(outbox, timeProvider).RunAsync(TimeSpan.FromMilliseconds(answer.Welcome.HeartbeatMilliseconds), ending.Token));
        try
        {
            if (await activities.WhenAnyEndsOrAsync(inbox.DrainRequested, inbox.Redirected, stopping) is not { } reason)
            {
                await activities.WhenReadingEndsAsync(FarewellLimit, timeProvider);
                SessionLog.Lost(_logger, activities.FirstFault() ?? "it ended the stream");
                return new AttachEnd.Lost();
            }

            AttachEnd end = inbox.Redirected.IsCompleted && !inbox.DrainRequested.IsCompleted && !stopping.IsCancellationRequested
                ? new AttachEnd.SentOn(await inbox.Redirected, WasAttached: true)
                : new AttachEnd.Left();
            TimeSpan limit = end is AttachEnd.Left ? options.DrainTimeout : MoveLimit;
            using var late = new CancellationTokenSource(limit, timeProvider);
            await using CancellationTokenRegistration hurry = stopping.Register(() => late.CancelAfter(options.DrainTimeout));
            if (!await TryDrainAsync(reason, call.RequestStream, lane, chunks, outbox, activities, late.Token)) SessionLog.DrainTimedOut(_logger, limit);
            return end;
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

    private async Task<Lane<CoordinatorMessage, WorkerMessage>?> AdmitAsync(Welcome welcome, LaneDoor? door, CancellationToken stopping)
    {
        if (!welcome.Lane) return null;
        if (door is null) throw new ProtocolException("The coordinator's welcome speaks of a lane; this worker has opened none.");
        using var late = new CancellationTokenSource(Greeting.Limit, timeProvider);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        try
        {
            return await door.AdmitAsync<CoordinatorMessage, WorkerMessage>(new LaneOptions("coordinator", LargestMessage), ended.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException && !stopping.IsCancellationRequested)
        {
            throw new ProtocolException($"The coordinator's lane could not be let in: {e.Message}", e);
        }
    }

    private async Task<bool> TryDrainAsync(
        string reason, IClientStreamWriter<WorkerMessage> stream, Lane<CoordinatorMessage, WorkerMessage>? lane, ChunkQueue chunks, Outbox outbox,
        SessionActivities activities, CancellationToken late)
    {
        SessionLog.Draining(_logger, reason);
        try
        {
            await outbox.PostAsync([new WorkerMessage { Draining = new WorkerDraining { Reason = reason } }], late);
            chunks.Close();
            await Task.WhenAny(activities.Computing, activities.Reading, activities.Writing).WaitAsync(late);
            outbox.Close();
            await activities.Writing.WaitAsync(late);
            lane?.Writer.Complete();
            await stream.CompleteAsync();
            await activities.Reading.WaitAsync(FarewellLimit, timeProvider, late);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e) when (e is TimeoutException or RpcException or InvalidOperationException or IOException)
        {
            SessionLog.Lost(_logger, e.Message);
        }

        return true;
    }
}
