using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Protos.V1;
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
    private Task _serving = Task.CompletedTask;

    private LeanWorker(Uri coordinator, int parameters)
    {
        _channel = GrpcChannel.ForAddress(coordinator);
        _call = _channel.CreateCallInvoker().AsyncDuplexStreamingCall(Attach, null, new CallOptions(cancellationToken: _ended.Token));
        _gradient = [.. VectorFraming.Cut("", 0, new float[parameters]).Select(frame => new WorkerMessage { Gradient = frame })];
    }

    /// <summary>Attaches a worker for runs with that many parameters.</summary>
    public static async Task<LeanWorker> AttachAsync(Uri coordinator, int parameters)
    {
        var worker = new LeanWorker(coordinator, parameters);
        await worker._call.RequestStream.WriteAsync(
            new WorkerMessage { Hello = new Hello { ProtocolVersion = 1, Name = "lean", Device = "cpu", ChunkSlots = 2 } });
        worker._serving = Task.Run(worker.ServeAsync);
        return worker;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _call.Dispose();
        _channel.Dispose();
        _ended.Dispose();
    }

    private async Task ServeAsync()
    {
        await foreach (CoordinatorMessage message in _call.ResponseStream.ReadAllAsync(_ended.Token))
        {
            if (message.Parameters is { } frame) PooledFrames.Return(frame);
            if (message.Chunk is not { } lease) continue;
            bool wantsGradient = lease.Purpose == ChunkPurpose.MetaGradient;
            int parameters = (int)_gradient[0].Gradient.TotalElements;
            await _call.RequestStream.WriteAsync(new WorkerMessage { Result = CannedLearning.Answer(lease, isClassification: false, parameters) });
            if (!wantsGradient) continue;
            foreach (WorkerMessage piece in _gradient)
            {
                piece.Gradient.RunId = lease.RunId;
                piece.Gradient.VectorId = lease.LeaseId;
                await _call.RequestStream.WriteAsync(piece);
            }
        }
    }
}
