using Google.Protobuf;
using Grpc.Core;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Tasks;
using RunConfiguration = Maml.Cluster.Shared.Configuration.RunConfiguration;

namespace Maml.Cluster.Coordinator.Tests.Workers;

/// <summary>Workers of the coordinator's own machine.</summary>
public sealed class LaneWorkerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly RunConfiguration Configuration = Configurations.Sinusoid(iterations: 20);
    private static readonly int Parameters = ModelLayouts.Create(Configuration.Model, TaskShape.Of(Configuration.Tasks)).Count;

    private readonly HandoverWriter _handover = HandoverWriter.TryCreate().ShouldNotBeNull();

    public void Dispose() => _handover.Dispose();

    [Fact]
    public async Task Run_WorkersByLaneAndByCall_ComesToTheSame()
    {
        string byCall, byLane;
        await using (TestCoordinator coordinator = await TestCoordinator.StartAsync())
        {
            await using LeanWorker worker = await LeanWorker.AttachAsync(coordinator.Address, Parameters, _handover);
            worker.HasLane.ShouldBeFalse("this coordinator has no folder to hand over in");
            byCall = (await coordinator.TrainAsync(Configuration)).MetaParametersSha256;
        }

        await using (TestCoordinator coordinator = await StartAsync())
        {
            await using LeanWorker first = await LeanWorker.AttachAsync(coordinator.Address, Parameters, _handover);
            await using LeanWorker second = await LeanWorker.AttachAsync(coordinator.Address, Parameters, _handover);
            first.HasLane.ShouldBeTrue();
            Run run = await coordinator.TrainAsync(Configuration);
            run.State.ShouldBe(RunState.Completed, run.Fault);
            byLane = run.MetaParametersSha256;
        }

        byLane.ShouldBe(byCall);
        byLane.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Attach_ThroughALaneWhatIsNoAnswer_DoesNotCostTheRun()
    {
        await using TestCoordinator coordinator = await StartAsync();
        await using LeanWorker hostile = await LeanWorker.AttachAsync(coordinator.Address, Parameters, _handover);
        await hostile.Writer.WriteAsync(new WorkerMessage { Result = new ChunkResult { LeaseId = 99 } });
        var tooLong = new WorkerMessage { Gradient = new VectorFrame { Data = ByteString.CopyFrom(new byte[9 << 20]) } };

        // The coordinator need not read to its end.
        await hostile.Writer.WriteAsync(tooLong).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        RpcException end = await Should.ThrowAsync<RpcException>(hostile.Served.WaitAsync(Patience));
        end.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        end.Status.Detail.ShouldContain("at most 8388608 are allowed");
        await using LeanWorker honest = await LeanWorker.AttachAsync(coordinator.Address, Parameters, _handover);
        (await coordinator.TrainAsync(Configuration)).State.ShouldBe(RunState.Completed);
    }

    [Fact]
    public async Task Leave_WorkerOfALane_IsAskedForNothingMoreAndItsFolderIsRemoved()
    {
        await using TestCoordinator coordinator = await StartAsync();
        await using LeanWorker leaving = await LeanWorker.AttachAsync(coordinator.Address, Parameters, _handover);
        Directory.GetDirectories(_handover.Path).Length.ShouldBe(1);
        await leaving.LeaveAsync();
        await leaving.Served.WaitAsync(Patience);
        Directory.GetDirectories(_handover.Path).ShouldBeEmpty();
        await using LeanWorker staying = await LeanWorker.AttachAsync(coordinator.Address, Parameters, _handover);
        (await coordinator.TrainAsync(Configuration)).State.ShouldBe(RunState.Completed);
    }

    private Task<TestCoordinator> StartAsync() => TestCoordinator.StartAsync(options => options with { Handover = _handover });
}
