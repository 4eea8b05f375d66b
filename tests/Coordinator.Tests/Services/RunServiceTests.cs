using System.Diagnostics;
using System.Text.Json;
using Grpc.Core;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Tests.Services;

public sealed class RunServiceTests
{
    [Fact]
    public async Task StartRun_ToItsEnd_LeavesCompleteFolderAndEvents()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        var arriving = new TaskCompletionSource<CannedWorker>();
        var events = new List<RunEvent>();
        Run run = await coordinator.TrainAsync(
            Configurations.Sinusoid(iterations: 5), events, async () => arriving.SetResult(await CannedWorker.AttachAsync(coordinator.Address)));
        await using CannedWorker worker = await arriving.Task;

        run.State.ShouldBe(RunState.Completed, $"{run.Fault}\n{coordinator.Log.Text}");
        run.Iteration.ShouldBe(5UL);
        run.MetaParametersSha256.Length.ShouldBe(64);
        run.InitialEvaluation.Iteration.ShouldBe(0UL);
        run.Evaluation.Iteration.ShouldBe(5UL);
        run.Evaluation.Steps.Count.ShouldBe(4);

        string[] metrics = await File.ReadAllLinesAsync(Path.Combine(run.Directory, "metrics.csv"));
        metrics[0].ShouldBe("iteration,seconds,meta_loss,query_loss_step_1,query_loss_step_2,meta_gradient_norm,learning_rate,tasks_per_second,workers");
        metrics.Skip(1).Select(row => row.Split(',')[0]).ShouldBe(["1", "2", "3", "4", "5"]);
        (await File.ReadAllLinesAsync(Path.Combine(run.Directory, "evaluations.csv"))).Length.ShouldBe(1 + (2 * 4));
        Directory.GetFiles(Path.Combine(run.Directory, "checkpoints")).Select(Path.GetFileName).Order()
            .ShouldBe(["iteration-000000004.safetensors", "iteration-000000005.safetensors", "manifest.json"]);
        File.Exists(Path.Combine(run.Directory, "config.yaml")).ShouldBeTrue();

        JsonElement summary = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(run.Directory, "summary.json"))).RootElement;
        summary.EnumerateObject().Take(11).Select(property => property.Name).ShouldBe(
            ["run", "preset", "algorithm", "seed", "iterations", "workers", "seconds", "tasks", "tasksPerSecond", "metaParametersSha256", "evaluation"]);
        summary.GetProperty("metaParametersSha256").GetString().ShouldBe(run.MetaParametersSha256);
        summary.GetProperty("tasks").GetInt64().ShouldBe(50);
        JsonElement step = summary.GetProperty("evaluation").GetProperty("steps")[0];
        step.EnumerateObject().Take(4).Select(property => property.Name).ShouldBe(["step", "loss", "accuracy", "accuracyCi95"]);
        step.GetProperty("accuracy").ValueKind.ShouldBe(JsonValueKind.Null);

        events[0].Run.ShouldNotBeNull();
        events[^1].Run.State.ShouldBe(RunState.Completed);
        events.Count(happened => happened.Evaluation is not null).ShouldBe(2);
        await worker.WaitForForgottenAsync(run.RunId);
        worker.Forgotten.ShouldBe([run.RunId]);
    }

    [Fact]
    public async Task StartRun_WithOneAndWithThreeWorkers_GivesTheSameBytes()
    {
        string one = await TrainAsync(workers: 1);
        (await TrainAsync(workers: 3)).ShouldBe(one);
    }

    [Fact]
    public async Task StartRun_WorkerDropsItsStreamAmidChunks_GivesTheSameBytes()
    {
        string reference = await TrainAsync(workers: 1);
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker broken = await CannedWorker.AttachAsync(coordinator.Address, "broken", slots: 2, (worker, lease) =>
        {
            if (lease.Iteration == 2) worker.Break();
            return Task.FromResult(lease.Iteration == 2);
        });
        Run run = await coordinator.StartRunAsync(Configurations.Sinusoid(iterations: 20));
        await Should.ThrowAsync<Exception>(() => broken.Serving.WaitAsync(TimeSpan.FromSeconds(30)));
        await using CannedWorker honest = await CannedWorker.AttachAsync(coordinator.Address, "honest");

        run = await coordinator.WaitAsync(run);
        run.State.ShouldBe(RunState.Completed, coordinator.Log.Text);
        run.MetaParametersSha256.ShouldBe(reference);
        coordinator.Log.Text.ShouldContain("Worker 'broken' left with lease");
    }

    [Fact]
    public async Task StopRun_AmidTraining_KeepsWhatWasDone()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        Run run = await coordinator.StartRunAsync(Configurations.Sinusoid(iterations: 10_000_000) with { Name = "endless" });
        await WaitForIterationAsync(coordinator, run);

        run = await coordinator.Runs.StopRunAsync(new StopRunRequest { RunId = run.RunId });
        run.State.ShouldBe(RunState.Stopped);
        run.Iteration.ShouldBeGreaterThan(0UL);
        Directory.GetFiles(Path.Combine(run.Directory, "checkpoints"), $"iteration-{run.Iteration:D9}.safetensors").ShouldHaveSingleItem();
        (await File.ReadAllLinesAsync(Path.Combine(run.Directory, "metrics.csv"))).Length.ShouldBe((int)run.Iteration + 1);
        File.Exists(Path.Combine(run.Directory, "summary.json")).ShouldBeTrue();

        (await coordinator.Runs.StopRunAsync(new StopRunRequest { RunId = run.RunId })).ShouldBe(run, "stopping again changes nothing");
        (await coordinator.Runs.GetRunAsync(new GetRunRequest { RunId = run.RunId })).ShouldBe(run);
    }

    [Fact]
    public async Task StartRun_WithoutWorkers_WaitsSaysSoAndCanBeStopped()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        Run run = await coordinator.StartRunAsync(Configurations.Sinusoid());
        run.State.ShouldBe(RunState.WaitingForWorkers);
        coordinator.Log.Text.ShouldContain("no worker is attached");

        long began = Stopwatch.GetTimestamp();
        run = await coordinator.Runs.StopRunAsync(new StopRunRequest { RunId = run.RunId });
        run.State.ShouldBe(RunState.Stopped);
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task StartRun_SeveralAtOnce_AllEndAndAreListedNewestFirst()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        Run first = await coordinator.StartRunAsync(Configurations.Sinusoid(iterations: 30), "sinusoid");
        Run second = await coordinator.StartRunAsync(Configurations.Logistic(iterations: 30));
        first = await coordinator.WaitAsync(first);
        second = await coordinator.WaitAsync(second);
        new[] { first.State, second.State }.ShouldAllBe(state => state == RunState.Completed, coordinator.Log.Text);
        second.Evaluation.Steps[2].Accuracy.ShouldBe(0.5, 1e-6);

        ListRunsResponse list = await coordinator.Runs.ListRunsAsync(new ListRunsRequest());
        list.Runs.Select(run => run.RunId).ShouldBe([second.RunId, first.RunId]);
        list.Runs[1].Preset.ShouldBe("sinusoid");
    }

    [Fact]
    public async Task WatchRun_Iterations_SayWhereTheirTimeWent()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        var workers = new List<CannedWorker>();
        var events = new List<RunEvent>();
        Run run = await coordinator.StartRunAsync(Configurations.Sinusoid(iterations: 5));
        await coordinator.WaitAsync(run, events, async () =>
        {
            // Not before: no iteration may be over before it can be seen.
            for (int i = 0; i < 2; i++) workers.Add(await CannedWorker.AttachAsync(coordinator.Address));
        });
        foreach (CannedWorker worker in workers) await worker.DisposeAsync();
        IterationTimings[] timings = [.. events.Where(happened => happened.Iteration is not null).Select(happened => happened.Iteration.Timings)];
        timings.Length.ShouldBe(5);
        foreach (IterationTimings iteration in timings)
        {
            double parts = iteration.SampleSeconds + iteration.SendSeconds + iteration.QueueSeconds + iteration.TensorsSeconds
                + iteration.ComputeSeconds + iteration.GatherSeconds + iteration.IdleSeconds + iteration.ReduceSeconds
                + iteration.UpdateSeconds + iteration.PublishSeconds;
            parts.ShouldBe(iteration.IterationSeconds, 1e-5, "each part is rounded to a tenth of a microsecond");
            iteration.GatherSeconds.ShouldBeGreaterThan(0);
            iteration.ComputeSeconds.ShouldBe(0, "the canned worker says nothing of its own times");

            // θ and a meta-gradient a chunk, 13 numbers of 4 bytes each, and the messages around them.
            iteration.BytesSent.ShouldBeInRange(52UL, 4000UL);
            iteration.BytesReceived.ShouldBeInRange(4 * 52UL, 4000UL);
        }
    }

    private static async Task<string> TrainAsync(int workers)
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        var attached = new List<CannedWorker>();
        for (int i = 0; i < workers; i++) attached.Add(await CannedWorker.AttachAsync(coordinator.Address, slots: 1));
        Run run = await coordinator.TrainAsync(Configurations.Sinusoid(iterations: 20));
        run.State.ShouldBe(RunState.Completed, coordinator.Log.Text);
        attached.ShouldAllBe(worker => worker.Chunks > 0);
        foreach (CannedWorker worker in attached) await worker.DisposeAsync();
        return run.MetaParametersSha256;
    }

    private static async Task WaitForIterationAsync(TestCoordinator coordinator, Run run)
    {
        using AsyncServerStreamingCall<RunEvent> watch = coordinator.Runs.WatchRun(new WatchRunRequest { RunId = run.RunId });
        await foreach (RunEvent happened in watch.ResponseStream.ReadAllAsync())
            if (happened.Iteration is not null) return;
    }
}
