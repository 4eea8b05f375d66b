using Grpc.Core;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Lanes;
using Maml.Cluster.Shared.Parameters;
using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Worker.Tests.Support;

/// <summary>A worker's stream in the hands of a test.</summary>
internal sealed class Attachment(Hello hello, IAsyncStreamReader<WorkerMessage> requests, IAsyncStreamWriter<CoordinatorMessage> responses)
{
    /// <summary>Longer than anything takes on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Hello Hello { get; } = hello;

    public Task Closed => _closed.Task;

    /// <summary>Ends the stream from the coordinator's side.</summary>
    public void Close() => _closed.TrySetResult();

    /// <summary>The same stream, welcomed, with all that follows through a lane.</summary>
    public async Task<Attachment> GoThroughAsync(Lane<WorkerMessage, CoordinatorMessage> lane)
    {
        await SendAsync(new() { Welcome = new() { WorkerId = "worker-1", HeartbeatMilliseconds = 60_000, Lane = true } });
        return new Attachment(Hello, lane.Read(requests, FrameMarshallers.OfWorker), lane.Writer);
    }

    public Task SendAsync(CoordinatorMessage message) => responses.WriteAsync(message);

    /// <summary>The worker's next message; null when it has ended its half.</summary>
    public async Task<WorkerMessage?> NextAsync(bool skipHeartbeats = true)
    {
        while (await requests.MoveNext(CancellationToken.None).WaitAsync(Patience))
        {
            if (!skipHeartbeats || requests.Current.MessageCase != WorkerMessage.MessageOneofCase.Heartbeat) return requests.Current;
        }

        return null;
    }

    /// <summary>Specifies the problem's run and sends its θ as version 1.</summary>
    public async Task SpecifyAsync(Problem problem, ulong epoch = 0)
    {
        RunSpecification specification = Specification(problem);
        specification.Epoch = epoch;
        await SendAsync(new() { Run = specification });
        foreach (VectorFrame frame in VectorFraming.Cut("run", 1, problem.Theta)) await SendAsync(new() { Parameters = frame });
    }

    /// <summary>Sends all tasks of a problem as one chunk.</summary>
    public Task LeaseAsync(Problem problem, ulong lease, ChunkPurpose purpose = ChunkPurpose.MetaGradient, uint steps = 1, Action<ChunkLease>? change = null)
    {
        var chunk = new ChunkLease
        {
            LeaseId = lease,
            RunId = "run",
            ParametersVersion = 1,
            Iteration = 12,
            ChunkIndex = 3,
            Purpose = purpose,
            InnerSteps = steps,
            Tasks = { problem.Descriptors.Select(TaskMessages.ToMessage) },
            Shot = (uint)problem.Configuration.Tasks.Shot,
            Query = (uint)problem.Configuration.Tasks.Query,
            LeaseMilliseconds = 60_000,
            WholeCurve = true,
        };
        change?.Invoke(chunk);
        return SendAsync(new() { Chunk = chunk });
    }

    /// <summary>The next result, with its meta-gradient put together.</summary>
    public async Task<(ChunkResult Result, float[] Gradient)> NextResultAsync(GradientPrecision precision = GradientPrecision.Float32)
    {
        WorkerMessage? message = await NextAsync();
        ChunkResult result = message?.Result ?? throw new InvalidOperationException($"Found {message}, expected a result.");
        float[] gradient = new float[result.GradientElements];
        var assembler = new VectorAssembler(result.RunId, result.LeaseId, gradient, precision);
        while (gradient.Length > 0 && !assembler.IsComplete) assembler.Add((await NextAsync())!.Gradient);
        return (result, gradient);
    }

    /// <summary>Why the next chunk failed.</summary>
    public async Task<ChunkFailure> NextFailureAsync() =>
        await NextAsync() is { Failure: { } failure } ? failure : throw new InvalidOperationException("Expected a failure.");

    public static RunSpecification Specification(Problem problem) => new()
    {
        RunId = "run",
        Configuration = RunConfigurationMessages.ToMessage(problem.Configuration),
        DataSetHash = problem.DataSet?.ContentHash ?? "",
        ParameterCount = (ulong)problem.Layout.Count,
    };
}
