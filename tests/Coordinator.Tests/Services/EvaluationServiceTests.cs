using Grpc.Core;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Tests.Services;

public sealed class EvaluationServiceTests
{
    [Fact]
    public async Task Evaluate_FinishedRunOrItsCheckpoint_GivesWhatTheRunFound()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        Run run = await coordinator.TrainAsync(Configurations.Sinusoid(iterations: 5));
        EvaluationResult ofRun = await EvaluateAsync(coordinator, new EvaluateRequest { RunId = run.RunId });
        ofRun.ShouldBe(run.Evaluation);
        string checkpoint = $"{run.RunId}/checkpoints/iteration-000000004.safetensors";
        EvaluationResult ofCheckpoint = await EvaluateAsync(coordinator, new EvaluateRequest { Checkpoint = checkpoint });
        ofCheckpoint.Iteration.ShouldBe(4UL);
    }

    [Fact]
    public async Task Evaluate_LiveRunWithOtherNumbers_FollowsThem()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        Run run = await coordinator.StartRunAsync(Configurations.Logistic(iterations: 1_000_000));
        EvaluationResult result = await EvaluateAsync(coordinator, new EvaluateRequest { RunId = run.RunId, Tasks = 30, InnerSteps = 1, Query = 7 });
        result.Tasks.ShouldBe(30U);
        result.Steps.Count.ShouldBe(2);
        result.Steps.ShouldAllBe(step => step.HasAccuracy);
        run = await coordinator.Runs.StopRunAsync(new StopRunRequest { RunId = run.RunId });
        run.State.ShouldBe(RunState.Stopped, $"{run.Fault}\n{coordinator.Log.Text}");
    }

    [Theory]
    [InlineData("../secret.safetensors")]
    [InlineData("/etc/passwd")]
    [InlineData("no-such.safetensors")]
    public async Task Evaluate_CheckpointOutsideOrMissing_IsNotFound(string path)
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        (await FaultAsync(coordinator, new EvaluateRequest { Checkpoint = path })).StatusCode.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task Evaluate_CheckpointThatIsNone_IsFailedPreconditionByName()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(coordinator.RunsDirectory, "torn.safetensors"), "torn");
        Status status = await FaultAsync(coordinator, new EvaluateRequest { Checkpoint = "torn.safetensors" });
        status.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        status.Detail.ShouldContain("torn.safetensors");
    }

    [Fact]
    public async Task Evaluate_NumbersOutOfRange_IsInvalidArgument()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        Run run = await coordinator.StartRunAsync(Configurations.Sinusoid());
        (await FaultAsync(coordinator, new EvaluateRequest { RunId = run.RunId, Tasks = 100_001 })).Detail.ShouldContain("100001");
        (await FaultAsync(coordinator, new EvaluateRequest { RunId = run.RunId, InnerSteps = 1001 })).StatusCode.ShouldBe(StatusCode.InvalidArgument);
        (await FaultAsync(coordinator, new EvaluateRequest())).StatusCode.ShouldBe(StatusCode.InvalidArgument);
        (await FaultAsync(coordinator, new EvaluateRequest { RunId = "no-such" })).StatusCode.ShouldBe(StatusCode.NotFound);
    }

    private static async Task<EvaluationResult> EvaluateAsync(TestCoordinator coordinator, EvaluateRequest request)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using AsyncServerStreamingCall<EvaluateResponse> call = coordinator.Evaluations.Evaluate(request, cancellationToken: limit.Token);
        EvaluateResponse? last = null;
        await foreach (EvaluateResponse response in call.ResponseStream.ReadAllAsync(limit.Token)) last = response;
        last!.TasksDone.ShouldBe(last.TasksTotal);
        return last.Result;
    }

    private static async Task<Status> FaultAsync(TestCoordinator coordinator, EvaluateRequest request) =>
        (await Should.ThrowAsync<RpcException>(() => EvaluateAsync(coordinator, request))).Status;
}
