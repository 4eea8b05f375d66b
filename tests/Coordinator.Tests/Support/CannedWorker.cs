using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Parameters;
using Loss = Maml.Cluster.Protos.V1.Loss;

namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>A worker over real gRPC that computes <see cref="CannedLearning"/> and refuses a stream that breaks the contract.</summary>
internal sealed class CannedWorker : IAsyncDisposable
{
    private readonly GrpcChannel _channel;
    private readonly CancellationTokenSource _ended = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> _call;
    private readonly Dictionary<string, RunSpecification> _runs = [];
    private readonly Dictionary<string, (ulong Version, float[] Theta)> _theta = [];
    private readonly Func<CannedWorker, ChunkLease, Task<bool>>? _interfere;
    private VectorAssembler? _assembler;
    private (string Run, ulong Version, float[] Theta) _arriving;

    private CannedWorker(GrpcChannel channel, string name, uint slots, Func<CannedWorker, ChunkLease, Task<bool>>? interfere)
    {
        _channel = channel;
        _call = new WorkerService.WorkerServiceClient(_channel).Attach(cancellationToken: _ended.Token);
        _interfere = interfere;
        Slots = slots;
        Name = name;
    }

    public string Name { get; }

    public uint Slots { get; }

    public Task Serving { get; private set; } = Task.CompletedTask;

    public int Chunks { get; private set; }

    public ConcurrentQueue<string> Forgotten { get; } = [];

    /// <summary>Attaches a worker.</summary>
    /// <param name="coordinator">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="slots">Chunks at once.</param>
    /// <param name="interfere">Called with every lease; true when it has dealt with it.</param>
    public static async Task<CannedWorker> AttachAsync(
        Uri coordinator, string name = "canned", uint slots = 2, Func<CannedWorker, ChunkLease, Task<bool>>? interfere = null)
        => await AttachAsync(GrpcChannel.ForAddress(coordinator), name, slots, interfere);

    /// <summary>Attaches a worker over a channel, which it owns from then on.</summary>
    public static async Task<CannedWorker> AttachAsync(
        GrpcChannel channel, string name = "canned", uint slots = 2, Func<CannedWorker, ChunkLease, Task<bool>>? interfere = null)
    {
        var worker = new CannedWorker(channel, name, slots, interfere);
        await worker.SendAsync(new WorkerMessage { Hello = new Hello { ProtocolVersion = 1, Name = name, Device = "cpu", ChunkSlots = slots } });
        (await worker._call.ResponseStream.MoveNext(default)).ShouldBeTrue();
        worker._call.ResponseStream.Current.Welcome.ShouldNotBeNull();
        worker.Serving = Task.Run(worker.ServeAsync);
        return worker;
    }

    public async Task SendAsync(WorkerMessage message)
    {
        await _writing.WaitAsync(_ended.Token);
        try
        {
            await _call.RequestStream.WriteAsync(message);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Shows at regular times that it lives, until its stream ends.</summary>
    public void Beat(TimeSpan interval) => _ = Task.Run(async () =>
    {
        using var timer = new PeriodicTimer(interval);
        while (await timer.WaitForNextTickAsync(_ended.Token)) await SendAsync(new WorkerMessage { Heartbeat = new Heartbeat() });
    });

    /// <summary>Waits until it was told to forget something, which nobody waits for who asked for it; fails the test when that takes a minute.</summary>
    public async Task WaitForForgottenAsync(string runId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!Forgotten.Contains(runId)) await Task.Delay(10, limit.Token);
    }

    public Task EndStreamAsync() => _call.RequestStream.CompleteAsync();

    /// <summary>The stream breaks as when the process is killed.</summary>
    public void Break() => _ended.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();

        // One that a failed test still holds is to fail it, and not to hang it.
        await Serving.WaitAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _call.Dispose();
        _channel.Dispose();
        _ended.Dispose();
    }

    public async Task AnswerAsync(ChunkLease lease)
    {
        RunSpecification run = _runs[lease.RunId];
        (ulong version, float[] theta) = _theta[lease.RunId];
        version.ShouldBe(lease.ParametersVersion, "θ of that version comes before its first chunk");

        // Before the answer: who has that may look here at once.
        Chunks++;
        bool isClassification = run.Configuration.Loss != Loss.Mse;
        await SendAsync(new WorkerMessage
        {
            Result = lease.Purpose == ChunkPurpose.Prediction
                ? CannedLearning.Predict(lease, isClassification)
                : CannedLearning.Answer(lease, isClassification, theta.Length),
        });
        if (lease.Purpose == ChunkPurpose.MetaGradient)
        {
            ConfigurationWords.GradientPrecisions.TryParse(run.Configuration.Outer.GradientPrecision, out GradientPrecision precision).ShouldBeTrue();
            foreach (VectorFrame frame in VectorFraming.Cut(lease.RunId, lease.LeaseId, CannedLearning.Gradient(lease, theta), precision))
                await SendAsync(new WorkerMessage { Gradient = frame });
        }
    }

    private async Task ServeAsync()
    {
        await foreach (CoordinatorMessage message in _call.ResponseStream.ReadAllAsync(_ended.Token))
        {
            switch (message.MessageCase)
            {
                case CoordinatorMessage.MessageOneofCase.Run: _runs.Add(message.Run.RunId, message.Run); break;
                case CoordinatorMessage.MessageOneofCase.Parameters: Receive(message.Parameters); break;
                case CoordinatorMessage.MessageOneofCase.Chunk:
                    if (_interfere is null || !await _interfere(this, message.Chunk)) await AnswerAsync(message.Chunk);
                    break;
                case CoordinatorMessage.MessageOneofCase.Forgotten:
                    Forgotten.Enqueue(message.Forgotten.RunId);
                    _runs.Remove(message.Forgotten.RunId).ShouldBeTrue();
                    _theta.Remove(message.Forgotten.RunId);
                    break;
                case CoordinatorMessage.MessageOneofCase.Revoked:
                case CoordinatorMessage.MessageOneofCase.Forecast:
                case CoordinatorMessage.MessageOneofCase.Coordinators: break;
                default: throw new InvalidOperationException($"Unexpected message: {message}");
            }
        }
    }

    private void Receive(VectorFrame frame)
    {
        if (frame.OffsetElements == 0)
        {
            if (_theta.TryGetValue(frame.RunId, out var known)) frame.VectorId.ShouldBeGreaterThan(known.Version, "each version is sent once");
            _arriving = (frame.RunId, frame.VectorId, new float[frame.TotalElements]);
            _assembler = new VectorAssembler(frame.RunId, frame.VectorId, _arriving.Theta);
        }

        if (_assembler!.Add(frame)) _theta[_arriving.Run] = (_arriving.Version, _arriving.Theta);
    }
}
