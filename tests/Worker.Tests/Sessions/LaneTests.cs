using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Lanes;
using Maml.Cluster.Worker.Tests.Support;
using TorchSharp;

namespace Maml.Cluster.Worker.Tests.Sessions;

public sealed class LaneTests : IDisposable
{
    private readonly HandoverWriter _folder = HandoverWriter.TryCreate().ShouldNotBeNull();
    private readonly Problem _problem = new(Runs.Sinusoid, 2);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Chunk_LeasedThroughTheLane_IsAnsweredThere()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using RunningWorker worker = Start(coordinator);
        (Attachment call, Lane<WorkerMessage, CoordinatorMessage> lane, Attachment attachment) = await AttachAsync(coordinator);
        using Lane<WorkerMessage, CoordinatorMessage> open = lane;
        for (ulong lease = 1; lease <= 3; lease++)
        {
            await attachment.LeaseAsync(_problem, lease);
            (ChunkResult result, float[] gradient) = await attachment.NextResultAsync();
            result.LeaseId.ShouldBe(lease);
            Vectors.RelativeError(Vectors.ToDouble(gradient), _problem.Gradient(torch.float64, 1)).ShouldBeLessThan(1e-4);
        }

        Directory.GetFiles(call.Hello.Handover).ShouldBeEmpty("a lane that is open needs no door");
    }

    [Fact]
    public async Task Stop_ThroughTheLane_AnswersWhatIsHeldAndEndsBoth()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using RunningWorker worker = Start(coordinator);
        (Attachment call, Lane<WorkerMessage, CoordinatorMessage> lane, Attachment attachment) = await AttachAsync(coordinator);
        using Lane<WorkerMessage, CoordinatorMessage> open = lane;
        await attachment.LeaseAsync(_problem, 1);
        await attachment.LeaseAsync(_problem, 2);
        (await attachment.NextResultAsync()).Result.LeaseId.ShouldBe(1ul);
        worker.Stop();
        var last = new List<WorkerMessage>();
        while (await attachment.NextAsync() is { } message) last.Add(message);
        last.Select(message => message.MessageCase).ShouldContain(WorkerMessage.MessageOneofCase.Draining);
        last.Select(message => message.Result?.LeaseId ?? 0).ShouldContain(2ul);
        call.Close();
        await worker.Completion.WaitAsync(Attachment.Patience);
    }

    [Fact]
    public async Task Stop_LaneBreaksMeanwhile_EndsTheWorkerInGoodOrder()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using RunningWorker worker = Start(coordinator);
        (Attachment call, Lane<WorkerMessage, CoordinatorMessage> lane, Attachment attachment) = await AttachAsync(coordinator);
        await attachment.LeaseAsync(_problem, 1);
        lane.Dispose();
        worker.Stop();
        call.Close();
        await worker.Completion.WaitAsync(Attachment.Patience);
    }

    [Fact]
    public async Task Session_LaneBreaks_IsLostAndBegunAgain()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using RunningWorker worker = Start(coordinator);
        Attachment first = await coordinator.Attachments.Reader.ReadAsync();
        Knock(first).Dispose();
        await first.SendAsync(new() { Welcome = new() { WorkerId = "worker-1", HeartbeatMilliseconds = 60_000, Lane = true } });
        first.Close();
        Attachment second = await coordinator.AcceptAsync();
        await second.SpecifyAsync(_problem);
        await second.LeaseAsync(_problem, 1);
        (await second.NextResultAsync()).Result.LeaseId.ShouldBe(1ul);
    }

    [Fact]
    public async Task Welcome_LaneThatNobodyCanHaveOpened_IsRefusedAndTheWorkerComesAgain()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment first = await coordinator.Attachments.Reader.ReadAsync();
        first.Hello.Handover.ShouldBeEmpty();
        await first.SendAsync(new() { Welcome = new() { WorkerId = "worker-1", HeartbeatMilliseconds = 60_000, Lane = true } });
        await coordinator.AcceptAsync();
    }

    private RunningWorker Start(TestCoordinator coordinator) =>
        new(coordinator.Address, options => options with { HandoverDirectory = _folder.Path });

    // A worker that knows the problem's run, through its lane.
    private async Task<(Attachment Call, Lane<WorkerMessage, CoordinatorMessage> Lane, Attachment Through)> AttachAsync(TestCoordinator coordinator)
    {
        Attachment call = await coordinator.Attachments.Reader.ReadAsync();
        Lane<WorkerMessage, CoordinatorMessage> lane = Knock(call);
        Attachment through = await call.GoThroughAsync(lane);
        await through.SpecifyAsync(_problem);
        return (call, lane, through);
    }

    private static Lane<WorkerMessage, CoordinatorMessage> Knock(Attachment call) =>
        LaneDoor.TryKnock<WorkerMessage, CoordinatorMessage>(call.Hello.Handover, new LaneOptions("worker", 8 << 20)).ShouldNotBeNull();
}
