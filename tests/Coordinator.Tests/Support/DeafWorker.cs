using Grpc.Core;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>A worker that lives, says so, and reads nothing after its welcome.</summary>
internal sealed class DeafWorker : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> _call;
    private readonly Task _beating;

    private DeafWorker(AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> call)
    {
        _call = call;
        _beating = BeatAsync();
    }

    public static async Task<DeafWorker> AttachAsync(TestCoordinator coordinator)
    {
        AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> call = new WorkerService.WorkerServiceClient(coordinator.Channel).Attach();
        await call.RequestStream.WriteAsync(new WorkerMessage { Hello = new Hello { ProtocolVersion = 1, Name = "deaf", ChunkSlots = 1 } });
        (await call.ResponseStream.MoveNext(default)).ShouldBeTrue();
        return new DeafWorker(call);
    }

    /// <summary>Reads the next message after all.</summary>
    public async Task<CoordinatorMessage?> ListenAsync() => await _call.ResponseStream.MoveNext(default) ? _call.ResponseStream.Current : null;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _beating;
        _call.Dispose();
        _ended.Dispose();
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token)) await _call.RequestStream.WriteAsync(new WorkerMessage { Heartbeat = new Heartbeat() });
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException or InvalidOperationException or IOException)
        {
            // Let go, as it should be.
        }
    }
}
