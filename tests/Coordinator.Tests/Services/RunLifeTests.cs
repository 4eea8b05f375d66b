using Grpc.Core;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Tests.Services;

/// <summary>Pause, resume, stop and the queue, over real gRPC.</summary>
public sealed class RunLifeTests
{
    [Fact]
    public async Task PauseRun_ThenResume_GivesTheSameBytesAsWithoutAPause()
    {
        Run undisturbed = await TrainUndisturbedAsync(iterations: 60);
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(options => options with { StopGrace = TimeSpan.FromMilliseconds(50) });
        var isPaused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CannedWorker worker = await AttachHeldAsync(coordinator, isPaused.Task);
        Run run = await coordinator.StartRunAsync(Configurations.Sinusoid(iterations: 60));
        await coordinator.WaitForIterationAsync(run, 5);
        Run paused = await coordinator.Runs.PauseRunAsync(new PauseRunRequest { RunId = run.RunId });
        isPaused.SetResult();
        paused.State.ShouldBe(RunState.Paused);
        paused.CheckpointIteration.ShouldBe(paused.Iteration);
        (await coordinator.Runs.PauseRunAsync(new PauseRunRequest { RunId = run.RunId })).ShouldBe(paused, "it is paused already, and does nothing");

        (await coordinator.Runs.ResumeRunAsync(new ResumeRunRequest { RunId = run.RunId })).RunId.ShouldBe(run.RunId);
        run = await coordinator.WaitAsync(run);
        run.State.ShouldBe(RunState.Completed, coordinator.Log.Text);
        run.MetaParametersSha256.ShouldBe(undisturbed.MetaParametersSha256);
    }

    [Fact]
    public async Task PauseRun_WithoutWorkersOrInTheQueue_IsPausedAtOnce()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(options => options with { MaximumActiveRuns = 1, StopGrace = TimeSpan.FromMilliseconds(50) });
        Run active = await coordinator.StartRunAsync(Configurations.Sinusoid());
        Run queued = await coordinator.StartRunAsync(Configurations.Sinusoid());
        await coordinator.WaitForStateAsync(queued, RunState.Queued);
        (await coordinator.Runs.PauseRunAsync(new PauseRunRequest { RunId = queued.RunId })).State.ShouldBe(RunState.Paused);
        (await coordinator.Runs.PauseRunAsync(new PauseRunRequest { RunId = active.RunId })).State.ShouldBe(RunState.Paused);
    }

    [Fact]
    public async Task PauseRun_TakenBackBeforeItBegins_IsAnsweredAndTheRunGoesOn()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(options => options with { StopGrace = TimeSpan.FromMinutes(1) });
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address, interfere: async (_, lease) =>
        {
            if (lease.Iteration != 3) return false;
            reached.TrySetResult();
            await held.Task;
            return false;
        });
        Run run = await coordinator.StartRunAsync(Configurations.Sinusoid(iterations: 20));
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        using AsyncUnaryCall<Run> pausing = coordinator.Runs.PauseRunAsync(new PauseRunRequest { RunId = run.RunId });
        while (!pausing.ResponseAsync.IsCompleted)
            await coordinator.Runs.ResumeRunAsync(new ResumeRunRequest { RunId = run.RunId });
        (await pausing).State.ShouldBe(RunState.Running);
        held.SetResult();
        (await coordinator.WaitAsync(run)).State.ShouldBe(RunState.Completed, coordinator.Log.Text);
    }

    [Fact]
    public async Task StartRun_MoreThanMayBeActive_WaitInTheQueueAndGoOnOneByOne()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(options => options with { MaximumActiveRuns = 1, MaximumQueuedRuns = 2 });
        Run first = await coordinator.StartRunAsync(Configurations.Sinusoid(iterations: 20));
        Run second = await coordinator.StartRunAsync(Configurations.Sinusoid(iterations: 20));
        Run third = await coordinator.StartRunAsync(Configurations.Sinusoid(iterations: 20));
        foreach (Run waiting in new[] { second, third }) await coordinator.WaitForStateAsync(waiting, RunState.Queued);
        RpcException refused = await Should.ThrowAsync<RpcException>(() => coordinator.StartRunAsync(Configurations.Sinusoid()));
        refused.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        refused.Status.Detail.ShouldContain("1 runs are active and 2 wait");

        // The one that pauses gives its place to the next; stopping one in the queue leaves the others alone.
        await coordinator.Runs.PauseRunAsync(new PauseRunRequest { RunId = first.RunId });
        (await coordinator.Runs.StopRunAsync(new StopRunRequest { RunId = third.RunId })).State.ShouldBe(RunState.Stopped);
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        (await coordinator.WaitAsync(second)).State.ShouldBe(RunState.Completed, coordinator.Log.Text);
        (await coordinator.Runs.GetRunAsync(new GetRunRequest { RunId = first.RunId })).State.ShouldBe(RunState.Paused);

        await coordinator.Runs.ResumeRunAsync(new ResumeRunRequest { RunId = first.RunId });
        (await coordinator.WaitAsync(first)).State.ShouldBe(RunState.Completed, coordinator.Log.Text);
    }

    [Fact]
    public async Task ResumeRun_AfterAStop_GoesOnFromTheCheckpointToTheSameBytes()
    {
        Run undisturbed = await TrainUndisturbedAsync(iterations: 60);
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(options => options with { StopGrace = TimeSpan.FromMilliseconds(50) });
        var isStopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CannedWorker worker = await AttachHeldAsync(coordinator, isStopped.Task);
        Run run = await coordinator.StartRunAsync(Configurations.Sinusoid(iterations: 60));
        await coordinator.WaitForIterationAsync(run, 5);
        Run stopped = await coordinator.Runs.StopRunAsync(new StopRunRequest { RunId = run.RunId });
        isStopped.SetResult();

        Run resumed = await coordinator.Runs.ResumeRunAsync(new ResumeRunRequest { RunId = run.RunId });
        resumed.Iteration.ShouldBeGreaterThanOrEqualTo(stopped.Iteration);
        run = await coordinator.WaitAsync(run);
        run.State.ShouldBe(RunState.Completed, coordinator.Log.Text);
        run.MetaParametersSha256.ShouldBe(undisturbed.MetaParametersSha256);
        coordinator.Log.Text.ShouldContain($"Run '{run.RunId}' goes on from iteration {stopped.Iteration}.");
    }

    [Fact]
    public async Task ResumeRun_WhereThereIsNothingToGoOnWith_IsRefusedWithTheReason()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        (await FaultOfResumeAsync(coordinator, "none")).ShouldBe((StatusCode.NotFound, $"There is no run 'none' in {coordinator.RunsDirectory}. Check the identifier."));
        (await FaultOfResumeAsync(coordinator, "../etc")).StatusCode.ShouldBe(StatusCode.NotFound);

        Run complete = await coordinator.TrainAsync(Configurations.Sinusoid(iterations: 4));
        (StatusCode code, string message) = await FaultOfResumeAsync(coordinator, complete.RunId);
        code.ShouldBe(StatusCode.FailedPrecondition);
        message.ShouldContain("is complete: all of its 4 iterations are done");
    }

    [Fact]
    public async Task ResumeRun_ConfigurationRaisedToMoreIterations_GoesOn()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        Run longer = await coordinator.TrainAsync(Configurations.Sinusoid(iterations: 9));
        Run run = await coordinator.TrainAsync(Configurations.Sinusoid(iterations: 4));
        string file = Path.Combine(run.Directory, "config.yaml");
        string yaml = await File.ReadAllTextAsync(file);

        await File.WriteAllTextAsync(file, yaml.Replace("iterations: 4", "iterations: 9"));
        await coordinator.Runs.ResumeRunAsync(new ResumeRunRequest { RunId = run.RunId });
        (await coordinator.WaitAsync(run)).MetaParametersSha256.ShouldBe(longer.MetaParametersSha256);

        await File.WriteAllTextAsync(file, yaml.Replace("iterations: 4", "iterations: 12").Replace("seed: 11", "seed: 12"));
        (StatusCode code, string message) = await FaultOfResumeAsync(coordinator, run.RunId);
        code.ShouldBe(StatusCode.FailedPrecondition);
        message.ShouldContain("was made with other settings than config.yaml has now");
        message.ShouldContain("seed: 12");
        message.ShouldNotContain("iterations: 12");

        await File.WriteAllTextAsync(file, yaml.Replace("iterations: 4", "iterations: 12").Replace("schedule: constant", "schedule: cosine"));
        (code, message) = await FaultOfResumeAsync(coordinator, run.RunId);
        code.ShouldBe(StatusCode.FailedPrecondition);
        message.ShouldContain("outer.iterations: 12", Case.Sensitive, "where the learning rate follows from their number, it may not change");
    }

    private static async Task<Run> TrainUndisturbedAsync(long iterations)
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        return await coordinator.TrainAsync(Configurations.Sinusoid(iterations));
    }

    // A worker that does half of sixty iterations, and the others when it may: no run is over before something is done to it.
    private static Task<CannedWorker> AttachHeldAsync(TestCoordinator coordinator, Task mayGoOn) =>
        CannedWorker.AttachAsync(coordinator.Address, interfere: async (_, lease) =>
        {
            if (lease.Iteration > 30) await mayGoOn;
            return false;
        });

    private static async Task<(StatusCode StatusCode, string Message)> FaultOfResumeAsync(TestCoordinator coordinator, string runId)
    {
        RpcException fault = await Should.ThrowAsync<RpcException>(
            async () => await coordinator.Runs.ResumeRunAsync(new ResumeRunRequest { RunId = runId }));
        return (fault.StatusCode, fault.Status.Detail);
    }
}
