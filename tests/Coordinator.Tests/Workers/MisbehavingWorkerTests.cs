using Google.Protobuf;
using Grpc.Core;
using Maml.Cluster.Coordinator.Rounds;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Tests.Workers;

/// <summary>A broken worker beside an honest one, over real gRPC: θ stays the same, and the broken one is put aside.</summary>
public sealed class MisbehavingWorkerTests
{
    private const int Parameters = 13;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(200);
    private static readonly Lazy<Task<string>> Undisturbed = new(TrainUndisturbedAsync);

    [Theory]
    [InlineData("not finite")]
    [InlineData("loss")]
    [InlineData("shape")]
    [InlineData("checksum")]
    [InlineData("iteration")]
    [InlineData("foreign")]
    [InlineData("twice")]
    [InlineData("failure")]
    [InlineData("hang")]
    public async Task Attach_BrokenWorkerThatLives_IsPutInQuarantineAndHarmsNothing(string kind)
    {
        await using TestCoordinator coordinator = await StartAsync();
        await using CannedWorker broken = await CannedWorker.AttachAsync(
            coordinator.Address, "broken", slots: 1, (worker, lease) => MisbehaveAsync(worker, lease, kind));
        broken.Beat(Heartbeat);
        await TrainBesideAsync(coordinator);
        coordinator.Log.Text.ShouldContain("Worker 'broken' is in quarantine");
        coordinator.Log.Text.ShouldNotContain("Worker 'honest' is in quarantine");
    }

    [Fact]
    public async Task Attach_WorkerThatReadsNothing_IsPutInQuarantineAndHarmsNothing()
    {
        await using TestCoordinator coordinator = await StartAsync();
        using AsyncDuplexStreamingCall<WorkerMessage, CoordinatorMessage> call = new WorkerService.WorkerServiceClient(coordinator.Channel).Attach();
        await call.RequestStream.WriteAsync(new WorkerMessage { Hello = new Hello { ProtocolVersion = 1, Name = "deaf", ChunkSlots = 1 } });
        using var ended = new CancellationTokenSource();
        Task beating = Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(Heartbeat);
            while (await timer.WaitForNextTickAsync(ended.Token)) await call.RequestStream.WriteAsync(new WorkerMessage { Heartbeat = new Heartbeat() });
        });
        await coordinator.Log.WaitForAsync("Worker 'deaf' has joined");
        await TrainBesideAsync(coordinator);
        coordinator.Log.Text.ShouldContain("Worker 'deaf' is in quarantine");
        await ended.CancelAsync();
        await beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task Attach_WorkerThatFallsSilent_IsLetGoAndHarmsNothing()
    {
        await using TestCoordinator coordinator = await StartAsync(TimeSpan.FromMinutes(1));
        await using CannedWorker silent = await CannedWorker.AttachAsync(coordinator.Address, "silent", slots: 1, (_, _) => Task.FromResult(true));
        await TrainBesideAsync(coordinator);
        await coordinator.Log.WaitForAsync("Worker 'silent' has left: it was silent");
        coordinator.Log.Text.ShouldNotContain("has ended without an answer");
    }

    [Fact]
    public async Task Attach_Straggler_IsOvertakenAndHarmsNothing()
    {
        await using TestCoordinator coordinator = await StartAsync(
            TimeSpan.FromMinutes(1), new SpeculationOptions { MinimumAge = TimeSpan.FromMilliseconds(50) });
        await using CannedWorker slow = await CannedWorker.AttachAsync(
            coordinator.Address, "slow", slots: 1, (_, lease) => Task.FromResult(lease is { Purpose: ChunkPurpose.MetaGradient, Iteration: 2 }));
        slow.Beat(Heartbeat);
        await TrainBesideAsync(coordinator);
        coordinator.Log.Text.ShouldContain("takes long; worker 'honest' computes it as well");
        coordinator.Log.Text.ShouldContain("The second lease of chunk");
        coordinator.Log.Text.ShouldNotContain("has ended without an answer");
    }

    private static Task<TestCoordinator> StartAsync(TimeSpan? lease = null, SpeculationOptions? speculation = null) => TestCoordinator.StartAsync(options => options with
    {
        HeartbeatInterval = Heartbeat,
        MissedHeartbeats = 10,
        LeaseDuration = lease ?? TimeSpan.FromMilliseconds(400),
        Speculation = speculation ?? new SpeculationOptions { IsEnabled = false },
        Quarantine = new QuarantineOptions { StrikeLimit = 2, FirstDuration = TimeSpan.FromMinutes(2) },
    });

    private static async Task TrainBesideAsync(TestCoordinator coordinator)
    {
        await using CannedWorker honest = await CannedWorker.AttachAsync(coordinator.Address, "honest", slots: 1);
        honest.Beat(Heartbeat);
        Run run = await coordinator.TrainAsync(Configurations.Sinusoid(iterations: 6));
        run.State.ShouldBe(RunState.Completed, coordinator.Log.Text);
        run.MetaParametersSha256.ShouldBe(await Undisturbed.Value);
    }

    private static async Task<string> TrainUndisturbedAsync()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        return (await coordinator.TrainAsync(Configurations.Sinusoid(iterations: 6))).MetaParametersSha256;
    }

    private static async Task<bool> MisbehaveAsync(CannedWorker worker, ChunkLease lease, string kind)
    {
        if (kind == "hang") return true;
        if (lease.Purpose != ChunkPurpose.MetaGradient) return false;
        switch (kind)
        {
            case "failure":
                await worker.SendAsync(new WorkerMessage { Failure = new ChunkFailure { LeaseId = lease.LeaseId, Reason = "it cannot" } });
                return true;
            case "foreign":
                await worker.SendAsync(new WorkerMessage { Result = new ChunkResult { LeaseId = lease.LeaseId + 1_000_000 } });
                return false;
            case "twice":
                await worker.AnswerAsync(lease);
                await worker.AnswerAsync(lease);
                return true;
        }

        ChunkResult result = CannedLearning.Answer(lease, isClassification: false, kind == "shape" ? Parameters + 1 : Parameters);
        if (kind == "iteration") result.Iteration++;
        if (kind == "loss") result.Curves[0].Loss[0] = float.NaN;
        await worker.SendAsync(new WorkerMessage { Result = result });
        float[] gradient = new float[result.GradientElements];
        if (kind == "not finite") gradient[4] = float.NaN;
        VectorFrame frame = VectorFraming.Cut(lease.RunId, lease.LeaseId, gradient).Single();
        if (kind == "checksum") frame.Data = ByteString.CopyFrom([1, .. frame.Data.Span[1..]]);
        await worker.SendAsync(new WorkerMessage { Gradient = frame });
        return true;
    }
}
