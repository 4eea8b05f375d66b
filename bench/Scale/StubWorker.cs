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
    private Task _serving = Task.CompletedTask;

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

    /// <summary>Attaches a stub.</summary>
    public static async Task<StubWorker> AttachAsync(Uri coordinator, int index, CannedGradient gradient, ScaleOptions options, RoundWatch rounds)
    {
        var stub = new StubWorker(coordinator, index, gradient, options, rounds);
        var hello = new Hello { ProtocolVersion = 1, Name = $"stub-{index}", Device = "none", ChunkSlots = 2 };
        await stub._call.RequestStream.WriteAsync(new WorkerMessage { Hello = hello });
        if (!await stub._call.ResponseStream.MoveNext(default)) throw new InvalidOperationException("The coordinator did not welcome a stub.");
        TimeSpan interval = TimeSpan.FromMilliseconds(stub._call.ResponseStream.Current.Welcome.HeartbeatMilliseconds);
        stub._serving = stub.ServeAsync(interval);
        return stub;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _call.Dispose();
        _channel.Dispose();
        _ending.Dispose();
    }

    // A stub has one chunk at a time, so it can say that it lives between two of them and needs no second loop.
    private async Task ServeAsync(TimeSpan interval)
    {
        await foreach (CoordinatorMessage message in _call.ResponseStream.ReadAllAsync(_ending.Token))
        {
            if (message.Chunk is not { } lease) continue;
            bool wantsGradient = lease.Purpose == ChunkPurpose.MetaGradient;
            if (wantsGradient) _rounds.Saw((long)lease.Iteration);
            if (_options.Compute > TimeSpan.Zero) await ComputeAsync(interval);
            await AnswerAsync(lease, wantsGradient);
        }
    }

    // Real workers differ by some percent, which keeps their answers from coming all at once.
    private async Task ComputeAsync(TimeSpan heartbeat)
    {
        TimeSpan rest = _options.Compute * (0.95 + (0.1 * _variation.NextDouble()));
        for (; rest > heartbeat; rest -= heartbeat)
        {
            await Task.Delay(heartbeat, _ending.Token);
            await WriteAsync(new WorkerMessage { Heartbeat = new Heartbeat() }, Flushed);
        }

        await Task.Delay(rest, _ending.Token);
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

    private Task WriteAsync(WorkerMessage message, WriteOptions options)
    {
        _call.RequestStream.WriteOptions = options;
        return _call.RequestStream.WriteAsync(message, _ending.Token);
    }
}
