using Google.Protobuf;
using Grpc.Core;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Tests.Services;

public sealed class WorkerServiceTests
{
    public static TheoryData<string, string> Nonsense => new()
    {
        { "length", "elements" },
        { "not finite", "not finite" },
        { "checksum", "checksum" },
        { "chunk", "it answers chunk 77" },
        { "curves", "it holds curves" },
        { "unfinished", "another result came" },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Attach_WorkerAnswersNonsense_LosesItsLeaseAndHarmsNothing(string kind, string message)
    {
        string reference = await TrainAsync(interfere: null);
        int answers = 0;
        string hash = await TrainAsync(
            async (worker, lease) =>
            {
                if (lease.Purpose != ChunkPurpose.MetaGradient || Interlocked.Increment(ref answers) != 3) return false;
                await AnswerNonsenseAsync(worker, lease, kind);
                return true;
            },
            message);
        hash.ShouldBe(reference);
    }

    [Fact]
    public async Task Attach_WorkerHangs_LeaseExpiresAndAnotherComputesIt()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(options => options with { LeaseDuration = TimeSpan.FromMilliseconds(300) });
        await using CannedWorker hanging = await CannedWorker.AttachAsync(coordinator.Address, "hanging", slots: 1, (_, _) => Task.FromResult(true));
        await using CannedWorker honest = await CannedWorker.AttachAsync(coordinator.Address, "honest", slots: 1);
        Run run = await coordinator.TrainAsync(Configurations.Sinusoid(iterations: 2));
        run.State.ShouldBe(RunState.Completed, coordinator.Log.Text);
        coordinator.Log.Text.ShouldContain("of worker 'hanging' has ended without an answer");
    }

    [Fact]
    public async Task Attach_SilentWorker_IsLetGo()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(
            options => options with { HeartbeatInterval = TimeSpan.FromMilliseconds(50), MissedHeartbeats = 2 });
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        RpcException fault = await Should.ThrowAsync<RpcException>(() => worker.Serving.WaitAsync(TimeSpan.FromSeconds(30)));
        fault.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        fault.Status.Detail.ShouldContain("silent");
    }

    [Fact]
    public async Task Attach_SecondWorkerOfTheSameName_GetsASuffix()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker first = await CannedWorker.AttachAsync(coordinator.Address, "twin");
        await using CannedWorker second = await CannedWorker.AttachAsync(coordinator.Address, "twin");
        coordinator.Log.Text.ShouldContain("Worker 'twin' has joined");
        coordinator.Log.Text.ShouldContain("Worker 'twin-2' has joined");
    }

    [Fact]
    public async Task Attach_DrainingWorker_TakesNothingNewAndTheRunGoesOn()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker leaving = await CannedWorker.AttachAsync(coordinator.Address, "leaving", slots: 1, async (worker, lease) =>
        {
            await worker.SendAsync(new WorkerMessage { Draining = new WorkerDraining { Reason = "maintenance" } });
            await worker.AnswerAsync(lease);
            await worker.EndStreamAsync();
            return true;
        });
        Run run = await coordinator.StartRunAsync(Configurations.Sinusoid());
        await leaving.Serving.WaitAsync(TimeSpan.FromSeconds(30));
        leaving.Chunks.ShouldBe(1);
        await using CannedWorker other = await CannedWorker.AttachAsync(coordinator.Address);
        (await coordinator.WaitAsync(run)).State.ShouldBe(RunState.Completed, coordinator.Log.Text);
    }

    [Theory]
    [InlineData(2, 1, StatusCode.FailedPrecondition)]
    [InlineData(1, 0, StatusCode.InvalidArgument)]
    [InlineData(1, 17, StatusCode.InvalidArgument)]
    public async Task Attach_BadHello_IsRefused(uint version, uint slots, StatusCode expected)
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        var hello = new WorkerMessage { Hello = new Hello { ProtocolVersion = version, ChunkSlots = slots } };
        (await RefusalAsync(coordinator, hello)).ShouldBe(expected);
        (await RefusalAsync(coordinator, new WorkerMessage { Heartbeat = new Heartbeat() })).ShouldBe(StatusCode.InvalidArgument);
    }

    private static async Task<StatusCode> RefusalAsync(TestCoordinator coordinator, WorkerMessage first)
    {
        using var call = new WorkerService.WorkerServiceClient(coordinator.Channel).Attach();
        await call.RequestStream.WriteAsync(first);
        return (await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(default))).StatusCode;
    }

    private static async Task<string> TrainAsync(Func<CannedWorker, ChunkLease, Task<bool>>? interfere, string log = "")
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address, "odd", slots: 1, interfere);
        Run run = await coordinator.TrainAsync(Configurations.Sinusoid(iterations: 3));
        run.State.ShouldBe(RunState.Completed, coordinator.Log.Text);
        coordinator.Log.Text.ShouldContain(log);
        return run.MetaParametersSha256;
    }

    private static async Task AnswerNonsenseAsync(CannedWorker worker, ChunkLease lease, string kind)
    {
        const int parameters = 13;
        ChunkResult result = CannedLearning.Answer(lease, isClassification: false, kind == "length" ? parameters - 1 : parameters);
        if (kind == "chunk") result.ChunkIndex = 77;
        if (kind == "curves") result.Curves.RemoveAt(0);
        await worker.SendAsync(new WorkerMessage { Result = result });
        if (kind == "unfinished")
        {
            await worker.SendAsync(new WorkerMessage { Result = result });
            return;
        }

        float[] gradient = new float[result.GradientElements];
        if (kind == "not finite") gradient[4] = float.NaN;
        VectorFrame frame = VectorFraming.Cut(lease.RunId, lease.LeaseId, gradient).Single();
        if (kind == "checksum") frame.Data = ByteString.CopyFrom([1, .. frame.Data.Span[1..]]);
        await worker.SendAsync(new WorkerMessage { Gradient = frame });
    }
}
