using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Tests.Runs.Recovery;

public sealed class RunRecoveryTests
{
    [Fact]
    public async Task Start_AfterAShutdownAmidTraining_GoesOnByItselfToTheSameBytes()
    {
        await using TestCoordinator reference = await TestCoordinator.StartAsync();
        await using CannedWorker referenceWorker = await CannedWorker.AttachAsync(reference.Address);
        Run undisturbed = await reference.TrainAsync(Configurations.Sinusoid(iterations: 60));

        await using TestCoordinator first = await TestCoordinator.StartAsync();
        Run run;

        // The run must not be over before it is suspended.
        await using (CannedWorker worker = await CannedWorker.AttachAsync(first.Address, interfere: (_, lease) => Task.FromResult(lease.Iteration > 30)))
        {
            run = await first.StartRunAsync(Configurations.Sinusoid(iterations: 60), "sinusoid");
            await first.WaitForIterationAsync(run, 10);
            await first.StopHostAsync();
        }

        await using TestCoordinator second = await TestCoordinator.StartAsync(options => options with { RunsDirectory = first.RunsDirectory });
        Run found = (await second.Runs.ListRunsAsync(new ListRunsRequest())).Runs.ShouldHaveSingleItem();
        found.RunId.ShouldBe(run.RunId);
        found.Preset.ShouldBe("sinusoid");
        found.Started.ShouldBe(run.Started);
        await using CannedWorker other = await CannedWorker.AttachAsync(second.Address);
        run = await second.WaitAsync(run);

        run.State.ShouldBe(RunState.Completed, second.Log.Text);
        run.MetaParametersSha256.ShouldBe(undisturbed.MetaParametersSha256);
        run.InitialEvaluation.ShouldBe(undisturbed.InitialEvaluation);
        run.Evaluation.ShouldBe(undisturbed.Evaluation);
        second.Log.Text.ShouldContain("goes on from iteration");
        Column(run, "metrics.csv", 0).ShouldBe(Enumerable.Range(1, 60).Select(iteration => $"{iteration}"));
        double[] seconds = [.. Column(run, "metrics.csv", 1).Select(double.Parse)];
        seconds.ShouldBeInOrder(SortDirection.Ascending, "time goes on where it was");
    }

    [Fact]
    public async Task Start_PausedRun_StaysPausedUntilItIsResumed()
    {
        await using TestCoordinator first = await TestCoordinator.StartAsync();
        Run run;
        await using (CannedWorker worker = await CannedWorker.AttachAsync(first.Address))
        {
            run = await first.StartRunAsync(Configurations.Sinusoid(iterations: 5_000));
            await first.WaitForIterationAsync(run, 3);
            run = await first.Runs.PauseRunAsync(new PauseRunRequest { RunId = run.RunId });
            await first.StopHostAsync();
        }

        await using TestCoordinator second = await TestCoordinator.StartAsync(options => options with { RunsDirectory = first.RunsDirectory });
        await using CannedWorker other = await CannedWorker.AttachAsync(second.Address);
        Run paused = await second.WaitForStateAsync(run, RunState.Paused);
        paused.Iteration.ShouldBe(run.Iteration);
        await second.Runs.ResumeRunAsync(new ResumeRunRequest { RunId = run.RunId });
        await second.WaitForIterationAsync(run, run.Iteration + 1);
    }

    [Fact]
    public async Task Start_FinishedRuns_AreListedAndStayAsTheyAre()
    {
        await using TestCoordinator first = await TestCoordinator.StartAsync();
        Run run;
        await using (CannedWorker worker = await CannedWorker.AttachAsync(first.Address))
        {
            run = await first.TrainAsync(Configurations.Sinusoid(iterations: 4));
            await first.StopHostAsync();
        }

        await using TestCoordinator second = await TestCoordinator.StartAsync(options => options with { RunsDirectory = first.RunsDirectory });
        Run found = await second.Runs.GetRunAsync(new GetRunRequest { RunId = run.RunId });
        found.State.ShouldBe(RunState.Completed);
        found.MetaParametersSha256.ShouldBe(run.MetaParametersSha256);
        found.Evaluation.ShouldBe(run.Evaluation);
        found.Iteration.ShouldBe(4UL);
    }

    [Fact]
    public async Task Start_RunWasStoppedAndResumedBefore_GoesOn()
    {
        await using TestCoordinator first = await TestCoordinator.StartAsync();
        Run run;
        await using (CannedWorker worker = await CannedWorker.AttachAsync(first.Address))
        {
            run = await first.StartRunAsync(Configurations.Sinusoid(iterations: 10_000_000));
            await first.WaitForIterationAsync(run, 3);
            await first.Runs.StopRunAsync(new StopRunRequest { RunId = run.RunId });
            run = await first.Runs.ResumeRunAsync(new ResumeRunRequest { RunId = run.RunId });
            await first.WaitForIterationAsync(run, run.Iteration + 1);
            await first.StopHostAsync();
        }

        await using TestCoordinator second = await TestCoordinator.StartAsync(options => options with { RunsDirectory = first.RunsDirectory });
        await using CannedWorker other = await CannedWorker.AttachAsync(second.Address);
        await second.WaitForIterationAsync(run, run.Iteration + 2);
    }

    [Fact]
    public async Task Start_ConfigurationDoesNotFitOneRun_NamesItAndTheOthersGoOn()
    {
        await using TestCoordinator first = await TestCoordinator.StartAsync();
        Run spoilt;
        Run good;
        await using (CannedWorker worker = await CannedWorker.AttachAsync(first.Address))
        {
            spoilt = await first.StartRunAsync(Configurations.Sinusoid(iterations: 10_000_000));
            good = await first.StartRunAsync(Configurations.Sinusoid(iterations: 10_000_000));
            await first.WaitForIterationAsync(spoilt, 3);
            await first.StopHostAsync();
        }

        string file = Path.Combine(spoilt.Directory, "config.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("shot: 5", "shot: 7"));
        await using TestCoordinator second = await TestCoordinator.StartAsync(options => options with { RunsDirectory = first.RunsDirectory });
        await using CannedWorker other = await CannedWorker.AttachAsync(second.Address);
        await second.WaitForIterationAsync(good, 1);
        Run failed = await second.WaitAsync(spoilt);
        failed.State.ShouldBe(RunState.Failed);
        failed.Fault.ShouldContain("tasks.shot: 7");
    }

    [Fact]
    public async Task Start_RunIsUnderWayInAnotherProcess_TakesItOverWhenThatLetsGo()
    {
        await using TestCoordinator first = await TestCoordinator.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(first.Address);
        Run run = await first.StartRunAsync(Configurations.Sinusoid(iterations: 10_000_000));
        await first.WaitForIterationAsync(run, 1);

        await using TestCoordinator second = await TestCoordinator.StartAsync(options => options with { RunsDirectory = first.RunsDirectory });
        (await second.Runs.ListRunsAsync(new ListRunsRequest())).Runs.ShouldBeEmpty();
        second.Log.Text.ShouldContain("is under way in another process");
        await first.StopHostAsync();
        await second.Log.WaitForAsync("goes on from iteration");
        await second.WaitForStateAsync(run, RunState.WaitingForWorkers);
    }

    [Fact]
    public async Task Start_DamagedRecordAndConfiguration_AreNamedAndTheOthersGoOn()
    {
        await using TestCoordinator first = await TestCoordinator.StartAsync();
        Run run;
        await using (CannedWorker worker = await CannedWorker.AttachAsync(first.Address))
        {
            run = await first.TrainAsync(Configurations.Sinusoid(iterations: 1));
            await first.StopHostAsync();
        }

        string damaged = Path.Combine(first.RunsDirectory, "damaged");
        Directory.CreateDirectory(damaged);
        await File.WriteAllTextAsync(Path.Combine(damaged, "run.json"), """{ "format": 1, """);
        await using TestCoordinator second = await TestCoordinator.StartAsync(options => options with { RunsDirectory = first.RunsDirectory });
        (await second.Runs.ListRunsAsync(new ListRunsRequest())).Runs.ShouldHaveSingleItem().RunId.ShouldBe(run.RunId);
        second.Log.Text.ShouldContain($"{Path.Combine(damaged, "run.json")}: found no run's record");
    }

    private static IEnumerable<string> Column(Run run, string file, int column) =>
        File.ReadAllLines(Path.Combine(run.Directory, file)).Skip(1).Select(row => row.Split(',')[column]);
}
