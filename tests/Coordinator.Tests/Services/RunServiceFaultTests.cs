using Grpc.Core;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Tests.Services;

public sealed class RunServiceFaultTests
{
    [Fact]
    public async Task StartRun_ChunkFailsForEveryWorker_FailsWithTheReason()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address, "poor", slots: 2, async (worker, lease) =>
        {
            if (lease.Purpose != ChunkPurpose.MetaGradient || lease.ChunkIndex != 1) return false;
            await worker.SendAsync(new WorkerMessage { Failure = new ChunkFailure { LeaseId = lease.LeaseId, Reason = "out of memory" } });
            return true;
        });
        Run run = await coordinator.TrainAsync(Configurations.Sinusoid());
        run.State.ShouldBe(RunState.Failed);
        run.Fault.ShouldContain("Chunk 1 failed 5 times");
        run.Fault.ShouldContain("out of memory");
    }

    [Fact]
    public async Task StartRun_WithThreeFaults_NamesAllAndLeavesNothing()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        var bad = Configurations.Sinusoid();
        bad = bad with { Inner = new() { Steps = 0, LearningRate = double.NaN }, Chunk = new() { Tasks = 0 } };
        RpcException fault = await Should.ThrowAsync<RpcException>(() => coordinator.StartRunAsync(bad));
        fault.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        foreach (string name in new[] { "inner.steps", "inner.learningRate", "chunk.tasks" }) fault.Status.Detail.ShouldContain(name);
        Directory.GetFileSystemEntries(coordinator.RunsDirectory).ShouldBeEmpty();
    }

    [Fact]
    public async Task StartRun_OmniglotWithoutData_SaysWhatToPassAndLeavesNothing()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        var omniglot = Configurations.Sinusoid() with
        {
            Model = new() { Kind = Shared.Configuration.ModelKind.Conv4, Filters = 8 },
            Tasks = new() { Source = Shared.Configuration.TaskSourceKind.Omniglot, Way = 5, Shot = 1, Query = 5 },
            Loss = Shared.Configuration.Loss.CrossEntropy,
        };
        RpcException fault = await Should.ThrowAsync<RpcException>(() => coordinator.StartRunAsync(omniglot));
        fault.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        fault.Status.Detail.ShouldContain("--data DIR");
        Directory.GetFileSystemEntries(coordinator.RunsDirectory).ShouldBeEmpty();
    }

    [Fact]
    public async Task GetRun_Unknown_IsNotFound()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        RpcException fault = await Should.ThrowAsync<RpcException>(async () => await coordinator.Runs.GetRunAsync(new GetRunRequest { RunId = "no-such" }));
        fault.StatusCode.ShouldBe(StatusCode.NotFound);
        fault.Status.Detail.ShouldContain("'no-such'");
    }
}
