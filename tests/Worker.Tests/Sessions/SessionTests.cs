using Grpc.Core;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Parameters;
using Maml.Cluster.Worker.Hosting;
using Maml.Cluster.Worker.Tests.Support;

namespace Maml.Cluster.Worker.Tests.Sessions;

public sealed class SessionTests
{
    private readonly Problem _problem = new(Runs.Sinusoid, 3);

    [Fact]
    public async Task Welcome_Heartbeats_ComeAtItsInterval()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync(heartbeatMilliseconds: 20);
        for (int i = 0; i < 3; i++) (await attachment.NextAsync(skipHeartbeats: false))!.Heartbeat.ResidentBytes.ShouldBeGreaterThan(1ul << 20);
    }

    [Fact]
    public async Task Stop_WithChunksHeld_FinishesThemAndLeaves()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        await attachment.SpecifyAsync(_problem);
        await attachment.LeaseAsync(_problem, 1, ChunkPurpose.Adaptation, steps: 1);
        await attachment.NextResultAsync();
        await attachment.LeaseAsync(_problem, 2, ChunkPurpose.Adaptation, steps: 1000);
        await attachment.LeaseAsync(_problem, 3);

        // A message that a chunk before it answers shows that the two chunks have arrived.
        await attachment.LeaseAsync(_problem, 9, change: chunk => chunk.RunId = "none");
        await attachment.NextFailureAsync();
        worker.Stop();

        (await attachment.NextAsync())!.Draining.Reason.ShouldContain("stopping");
        (await attachment.NextResultAsync()).Result.LeaseId.ShouldBe(2ul);
        (await attachment.NextResultAsync()).Result.LeaseId.ShouldBe(3ul);
        (await attachment.NextAsync()).ShouldBeNull();
        attachment.Close();
        await worker.Completion.WaitAsync(Attachment.Patience);
    }

    [Fact]
    public async Task Stop_ChunkLongerThanTheLimit_GivesItBack()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address, options => options with { DrainTimeout = TimeSpan.FromMilliseconds(1) });
        Attachment attachment = await coordinator.AcceptAsync();
        await attachment.SpecifyAsync(_problem);
        await attachment.LeaseAsync(_problem, 2, ChunkPurpose.Adaptation, steps: 1000);
        worker.Stop();
        await worker.Completion.WaitAsync(Attachment.Patience);
    }

    [Fact]
    public async Task DrainRequest_Idle_Leaves()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        await attachment.SendAsync(new() { Drain = new() { Reason = "scaled down" } });
        (await attachment.NextAsync())!.Draining.Reason.ShouldContain("scaled down");
        (await attachment.NextAsync()).ShouldBeNull();
        attachment.Close();
        await worker.Completion.WaitAsync(Attachment.Patience);
    }

    [Fact]
    public async Task Stop_WithoutACoordinator_LeavesAtOnce()
    {
        await using var worker = new RunningWorker(new Uri("http://127.0.0.1:9"));
        await Task.Delay(200);
        worker.Stop();
        await worker.Completion.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Stream_EndedByTheCoordinator_IsDialledAgain()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        (await coordinator.AcceptAsync()).Close();
        Attachment second = await coordinator.AcceptAsync();
        await second.SpecifyAsync(_problem);
        await second.LeaseAsync(_problem, 1);
        (await second.NextResultAsync()).Result.LeaseId.ShouldBe(1ul);
    }

    [Fact]
    public async Task Attach_CoordinatorNotReady_IsTriedAgain()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        coordinator.Refusals.Enqueue(new RpcException(new Status(StatusCode.Unavailable, "starting")));
        coordinator.Refusals.Enqueue(new RpcException(new Status(StatusCode.Unavailable, "still starting")));
        await using var worker = new RunningWorker(coordinator.Address);
        (await coordinator.AcceptAsync()).Hello.Name.ShouldBe("tester");
        coordinator.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Attach_RefusedForGood_EndsWithTheReason()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        coordinator.Refusals.Enqueue(new RpcException(new Status(StatusCode.FailedPrecondition, "protocol version 1 is too old")));
        await using var worker = new RunningWorker(coordinator.Address);
        WorkerException fault = await Should.ThrowAsync<WorkerException>(worker.Completion.WaitAsync(Attachment.Patience));
        fault.Message.ShouldContain("protocol version 1 is too old");
    }

    [Fact]
    public async Task Parameters_AlteredOnTheirWay_EndTheStream()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        await attachment.SendAsync(new() { Run = Attachment.Specification(_problem) });
        VectorFrame frame = VectorFraming.Cut("run", 1, _problem.Theta).Single();
        frame.Checksum ^= 1;
        await attachment.SendAsync(new() { Parameters = frame });
        (await coordinator.AcceptAsync()).Hello.Name.ShouldBe("tester");
    }

    [Fact]
    public async Task Parameters_ManyVersions_KeepTheNewest()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        await attachment.SpecifyAsync(_problem);
        for (ulong version = 2; version <= 6; version++)
            await attachment.SendAsync(new() { Parameters = VectorFraming.Cut("run", version, _problem.Theta).Single() });
        await attachment.LeaseAsync(_problem, 1);
        (await attachment.NextFailureAsync()).Reason.ShouldContain("version 1 of θ is not here");
        await attachment.LeaseAsync(_problem, 2, change: chunk => chunk.ParametersVersion = 5);
        (await attachment.NextResultAsync()).Result.LeaseId.ShouldBe(2ul);
    }
}
