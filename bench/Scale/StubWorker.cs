using Grpc.Core;
using Grpc.Net.Client;
using Maml.Cluster.Coordinator.Security;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Scale;

/// <summary>A worker over a connection of its own that answers every chunk with a canned gradient after a realistic time.</summary>
internal sealed class StubWorker : IAsyncDisposable
{
    private static readonly WriteOptions Buffered = new(WriteFlags.BufferHint);
    private static readonly WriteOptions Flushed = new();

    private readonly CancellationTokenSource _ending = new();
    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> _call;
    private readonly IReadOnlyList<WorkerMessage> _gradient;
    private readonly ScaleOptions _options;
    private readonly RoundWatch _rounds;
    private readonly Random _variation;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private Task _beating = Task.CompletedTask;

    private StubWorker(Uri coordinator, int index, CannedGradient gradient, ScaleOptions options, RoundWatch rounds)
    {
        _channel = GrpcChannel.ForAddress(coordinator, new GrpcChannelOptions
        {
            HttpHandler = CoordinatorHandler.Create(new ClientCredentials(), insecureAllowRemote: false, new SilentReports(), TimeProvider.System),
            DisposeHttpClient = true,
        });
        _call = _channel.CreateCallInvoker().AsyncDuplexStreamingCall(StubMethods.Attach, null, new CallOptions(cancellationToken: _ending.Token));
        _gradient = gradient.CreateMessages();
        _options = options;
        _rounds = rounds;
        _variation = new Random(index);
    }

    /// <summary>Ends with a fault when the coordinator lets the stub go; ends no other way before the stub is disposed.</summary>
    public Task Serving { get; private set; } = Task.CompletedTask;

    /// <summary>Attaches a stub.</summary>
    public static async Task<StubWorker> AttachAsync(Uri coordinator, int index, CannedGradient gradient, ScaleOptions options, RoundWatch rounds)
    {
        var stub = new StubWorker(coordinator, index, gradient, options, rounds);
        var hello = new Hello { ProtocolVersion = 1, Name = $"stub-{index}", Device = "none", ChunkSlots = 2 };
        await stub._call.RequestStream.WriteAsync(new WorkerMessage { Hello = hello });
        if (!await stub._call.ResponseStream.MoveNext(default)) throw new InvalidOperationException("The coordinator did not welcome a stub.");
        TimeSpan interval = TimeSpan.FromMilliseconds(stub._call.ResponseStream.Current.Welcome.HeartbeatMilliseconds);
        stub._beating = stub.BeatAsync(interval);
        stub.Serving = stub.ServeAsync();
        return stub;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _call.Dispose();
        _channel.Dispose();
        _ending.Dispose();
        _writing.Dispose();
    }

    private async Task ServeAsync()
    {
        await foreach (CoordinatorMessage message in _call.ResponseStream.ReadAllAsync(_ending.Token))
        {
            if (message.Chunk is not { } lease) continue;
            bool wantsGradient = lease.Purpose == ChunkPurpose.MetaGradient;
            if (wantsGradient) _rounds.Saw((long)lease.Iteration);

            // Real workers differ by some percent, which keeps their answers from coming all at once.
            if (_options.Compute > TimeSpan.Zero) await Task.Delay(_options.Compute * (0.95 + (0.1 * _variation.NextDouble())), _ending.Token);
            await AnswerAsync(lease, wantsGradient);
        }

        throw new InvalidOperationException("The coordinator ended a stub's stream.");
    }

    // Beside the chunks: a large θ is longer on its way to many stubs on few cores than a coordinator bears silence.
    private async Task BeatAsync(TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval);
        while (await timer.WaitForNextTickAsync(_ending.Token)) await WriteAsync(new WorkerMessage { Heartbeat = new Heartbeat() }, Flushed);
    }

    private async Task AnswerAsync(ChunkLease lease, bool wantsGradient)
    {
        var result = new ChunkResult
        {
            LeaseId = lease.LeaseId,
            RunId = lease.RunId,
            Iteration = lease.Iteration,
            ChunkIndex = lease.ChunkIndex,
        };
        int length = (int)lease.InnerSteps + (wantsGradient ? 0 : 1);
        for (int task = 0; task < lease.Tasks.Count; task++)
            result.Curves.Add(new AdaptationCurve { Loss = { Enumerable.Repeat(1f, length) } });
        if (wantsGradient) result.GradientElements = _gradient[0].Gradient.TotalElements;
        await WriteAsync(new WorkerMessage { Result = result }, wantsGradient ? Buffered : Flushed);
        if (!wantsGradient) return;
        foreach (WorkerMessage message in _gradient)
        {
            message.Gradient.RunId = lease.RunId;
            message.Gradient.VectorId = lease.LeaseId;
            await WriteAsync(message, Flushed);
        }
    }

    private async Task WriteAsync(WorkerMessage message, WriteOptions options)
    {
        await _writing.WaitAsync(_ending.Token);
        try
        {
            _call.RequestStream.WriteOptions = options;
            await _call.RequestStream.WriteAsync(message, _ending.Token);
        }
        finally
        {
            _writing.Release();
        }
    }
}
