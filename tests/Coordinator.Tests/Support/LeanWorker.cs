using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Lanes;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>
/// A worker over real gRPC that answers every chunk at once, always with the same meta-gradient, and takes next to nothing itself: what is
/// measured beside it is the coordinator's.
/// </summary>
internal sealed class LeanWorker : IAsyncDisposable
{
    private static readonly Method<WorkerMessage, CoordinatorMessage> Attach = new(
        MethodType.DuplexStreaming, "maml.v1.WorkerService", nameof(Attach), FrameMarshallers.OfWorker, FrameMarshallers.OfCoordinator);

    private readonly GrpcChannel _channel;
    private readonly CancellationTokenSource _ended = new();
    private readonly AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> _call;
    private readonly WorkerMessage[] _gradient;
    private readonly HandoverWriter? _folder;
    private readonly LaneDoor? _door;
    private Lane<CoordinatorMessage, WorkerMessage>? _lane;
    private Task _serving = Task.CompletedTask;

    private LeanWorker(Uri coordinator, int parameters, HandoverWriter? handover)
    {
        _folder = handover is null ? null : HandoverWriter.TryCreateWithin(handover.Path).ShouldNotBeNull();
        _door = _folder is null ? null : LaneDoor.TryOpen(_folder.Path).ShouldNotBeNull();
        _channel = GrpcChannel.ForAddress(coordinator);
        _call = _channel.CreateCallInvoker().AsyncDuplexStreamingCall(Attach, null, new CallOptions(cancellationToken: _ended.Token));
        _gradient = [.. VectorFraming.Cut("", 0, new float[parameters]).Select(frame => new WorkerMessage { Gradient = frame })];
    }

    /// <summary>Whether the coordinator has come through the lane.</summary>
    public bool HasLane => _lane is not null;

    /// <summary>The lane, to write to it what is no message.</summary>
    public LaneWriter<WorkerMessage> Writer => _lane!.Writer;

    /// <summary>How the call ended.</summary>
    public Task Served => _serving;

    /// <summary>Attaches a worker for runs with that many parameters.</summary>
    /// <param name="coordinator">Where to.</param>
    /// <param name="parameters">Length of θ.</param>
    /// <param name="handover">The coordinator's folder in this machine's memory; null for a worker that is elsewhere.</param>
    public static async Task<LeanWorker> AttachAsync(Uri coordinator, int parameters, HandoverWriter? handover = null)
    {
        var worker = new LeanWorker(coordinator, parameters, handover);
        var hello = new Hello { ProtocolVersion = 1, Name = "lean", Device = "cpu", ChunkSlots = 2, Handover = worker._folder?.Path ?? "" };
        await worker._call.RequestStream.WriteAsync(new WorkerMessage { Hello = hello });
        (await worker._call.ResponseStream.MoveNext(worker._ended.Token)).ShouldBeTrue();
        if (worker._call.ResponseStream.Current.Welcome.Lane)
            worker._lane = await worker._door!.AdmitAsync<CoordinatorMessage, WorkerMessage>(new LaneOptions("coordinator", 4 << 20), worker._ended.Token);
        worker._serving = Task.Run(worker.ServeAsync);
        return worker;
    }

    /// <summary>Takes its leave.</summary>
    public async Task LeaveAsync()
    {
        _lane?.Writer.Complete();
        await _call.RequestStream.CompleteAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _call.Dispose();
        _channel.Dispose();
        _lane?.Dispose();
        _door?.Dispose();
        _folder?.Dispose();
        _ended.Dispose();
    }

    private async Task ServeAsync()
    {
        IAsyncStreamReader<CoordinatorMessage> messages = _lane?.Read(_call.ResponseStream, FrameMarshallers.OfCoordinator) ?? _call.ResponseStream;
        IAsyncStreamWriter<WorkerMessage> answers = _lane is null ? _call.RequestStream : _lane.Writer;
        await foreach (CoordinatorMessage message in messages.ReadAllAsync(_ended.Token))
        {
            if (message.Parameters is { } frame) PooledFrames.Return(frame);
            if (message.Chunk is not { } lease) continue;
            bool wantsGradient = lease.Purpose == ChunkPurpose.MetaGradient;
            int parameters = (int)_gradient[0].Gradient.TotalElements;
            await answers.WriteAsync(new WorkerMessage { Result = CannedLearning.Answer(lease, isClassification: false, parameters) });
            if (!wantsGradient) continue;
            foreach (WorkerMessage piece in _gradient)
            {
                piece.Gradient.RunId = lease.RunId;
                piece.Gradient.VectorId = lease.LeaseId;
                await answers.WriteAsync(piece);
            }
        }
    }
}
