using Grpc.Core;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Tests.Postgres;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Forwarding;

public sealed class AnyCoordinatorTests
{
    private const int Many = 100_000;

    [PostgresFact]
    public async Task AnyCall_RunOfAnotherCoordinator_IsAnsweredAsByItsOwner()
    {
        await using TwoCoordinators cluster = await TwoCoordinators.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(cluster.First.Address);
        Run run = await cluster.First.StartRunAsync(Configurations.Sinusoid(iterations: Many));
        var request = new GetRunRequest { RunId = run.RunId };

        await cluster.Second.WaitForIterationAsync(run, 5);
        (await cluster.Second.Runs.GetRunAsync(request)).Iteration.ShouldBeGreaterThanOrEqualTo(5UL);
        (await cluster.Second.Runs.ListRunsAsync(new ListRunsRequest())).Runs.ShouldHaveSingleItem().Iteration.ShouldBeGreaterThanOrEqualTo(5UL);

        (await cluster.Second.Runs.PauseRunAsync(new PauseRunRequest { RunId = run.RunId })).State.ShouldBe(RunState.Paused);
        (await cluster.First.Runs.GetRunAsync(request)).State.ShouldBe(RunState.Paused);
        await cluster.Second.Runs.ResumeRunAsync(new ResumeRunRequest { RunId = run.RunId });
        await cluster.First.WaitForStateAsync(run, RunState.Running);

        Run stopped = await cluster.Second.Runs.StopRunAsync(new StopRunRequest { RunId = run.RunId });
        stopped.State.ShouldBe(RunState.Stopped, cluster.First.Log.Text);
        foreach (TestCoordinator each in new[] { cluster.First, cluster.Second })
        {
            Run kept = await each.Runs.GetRunAsync(request);
            kept.State.ShouldBe(RunState.Stopped);
            kept.MetaParametersSha256.ShouldBe(stopped.MetaParametersSha256);
            (await each.WaitAsync(run)).State.ShouldBe(RunState.Stopped);
            (await each.Runs.StopRunAsync(new StopRunRequest { RunId = run.RunId })).State.ShouldBe(RunState.Stopped);
            (await FaultAsync(each.Runs.PauseRunAsync(new PauseRunRequest { RunId = run.RunId }))).StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        }
    }

    [PostgresFact]
    public async Task ResumeRun_StoppedElsewhere_GoesOnWhereItIsAsked()
    {
        await using TwoCoordinators cluster = await TwoCoordinators.StartAsync();
        Run run;
        await using (CannedWorker worker = await CannedWorker.AttachAsync(cluster.First.Address))
        {
            run = await cluster.First.StartRunAsync(Configurations.Sinusoid(iterations: Many));
            await cluster.First.WaitForIterationAsync(run, 5);
            run = await cluster.First.Runs.StopRunAsync(new StopRunRequest { RunId = run.RunId });
        }

        await cluster.Second.Runs.ResumeRunAsync(new ResumeRunRequest { RunId = run.RunId });
        await using CannedWorker other = await CannedWorker.AttachAsync(cluster.Second.Address);
        await cluster.First.WaitForIterationAsync(run, run.Iteration + 1);
        cluster.Second.Log.Text.ShouldContain($"goes on from iteration {run.Iteration}");
    }

    [PostgresFact]
    public async Task Watch_OwnerShutsDown_GoesOnWithTheNextOwner()
    {
        await using TwoCoordinators cluster = await TwoCoordinators.StartAsync();
        Run run;
        await using (CannedWorker worker = await CannedWorker.AttachAsync(cluster.First.Address, interfere: (_, lease) => Task.FromResult(lease.Iteration > 10)))
        {
            // It is still under way when its owner ends.
            run = await cluster.First.StartRunAsync(Configurations.Sinusoid(iterations: 50));
            await cluster.Second.WaitForIterationAsync(run, 5);
        }

        var events = new List<RunEvent>();
        Task<Run> watched = cluster.Second.WaitAsync(run, events);
        await cluster.First.StopHostAsync();
        await using CannedWorker other = await CannedWorker.AttachAsync(cluster.Second.Address);
        (await watched).State.ShouldBe(RunState.Completed, cluster.Second.Log.Text);
        cluster.Second.Log.Text.ShouldContain("goes on here under epoch 2");
        events.ShouldNotContain(happened => happened.Run != null && happened.Run.State == RunState.Suspended, "that it moves is nothing to its watchers");
    }

    [PostgresFact]
    public async Task AnyCall_UnknownRun_IsNotFound()
    {
        await using TwoCoordinators cluster = await TwoCoordinators.StartAsync();
        foreach (string runId in new[] { "nothing", "../nothing", "" })
        {
            (await FaultAsync(cluster.Second.Runs.GetRunAsync(new GetRunRequest { RunId = runId }))).StatusCode.ShouldBe(StatusCode.NotFound, runId);
            (await FaultAsync(cluster.Second.Runs.ResumeRunAsync(new ResumeRunRequest { RunId = runId }))).StatusCode.ShouldBe(StatusCode.NotFound, runId);
        }
    }

    private static async Task<RpcException> FaultAsync(AsyncUnaryCall<Run> call) => await Should.ThrowAsync<RpcException>(async () => await call);
}
