using Grpc.Core;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Tests.Runs.Storage;

/// <summary>Runs on a real disk that fills up or turns read-only: they go on, say so, and lose nothing.</summary>
public sealed class FullDiskTests
{
    [SmallDiskFact]
    public Task Train_DiskIsFullForAWhile_GoesOnAndWritesWhatWaited() => TrainAsync(disk => disk.Fill(), disk => disk.Empty());

    [SmallDiskFact]
    public Task Train_DiskIsReadOnlyForAWhile_GoesOnAndWritesWhatWaited() =>
        TrainAsync(disk => disk.MakeReadOnly(true), disk => disk.MakeReadOnly(false));

    [SmallDiskFact]
    public async Task StartRun_DiskFillsUpOnTheWay_LeavesNothingBehind()
    {
        using var disk = new SmallDisk();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(options => options with { RunsDirectory = disk.Path, MaximumActiveRuns = 1 });
        foreach (int pages in Enumerable.Range(0, 4))
        {
            disk.Fill(free: pages * 4096);
            RpcException fault = await Should.ThrowAsync<RpcException>(() => coordinator.StartRunAsync(Configurations.Sinusoid()));
            fault.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
            Directory.GetDirectories(disk.Path).ShouldBeEmpty($"with {pages} pages free");
        }

        (await coordinator.Runs.ListRunsAsync(new ListRunsRequest())).Runs.ShouldBeEmpty();
        disk.Empty();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        (await coordinator.TrainAsync(Configurations.Sinusoid())).State.ShouldBe(RunState.Completed, "its place was given back each time");
    }

    [SmallDiskFact]
    public async Task StopRun_DiskIsFull_EndsAsFailedWithTheReasonAndKeepsTheLastCheckpoint()
    {
        using var disk = new SmallDisk();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(options => options with { RunsDirectory = disk.Path });
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        Run run = await coordinator.StartRunAsync(Configurations.Sinusoid(iterations: 1_000_000));
        await coordinator.WaitForIterationAsync(run, 10);
        disk.Fill();
        await WaitForFaultAsync(coordinator, run, isWanted: fault => fault.Length > 0);

        Run ended = await coordinator.Runs.StopRunAsync(new StopRunRequest { RunId = run.RunId });
        ended.State.ShouldBe(RunState.Failed);
        ended.Fault.ShouldStartWith("Its last files could not be written.");
        disk.Empty();
        Run resumed = await coordinator.Runs.ResumeRunAsync(new ResumeRunRequest { RunId = run.RunId });
        resumed.Iteration.ShouldBeGreaterThanOrEqualTo(ended.CheckpointIteration);
        await coordinator.WaitForIterationAsync(run, ended.CheckpointIteration + 1);
    }

    private static async Task TrainAsync(Action<SmallDisk> harm, Action<SmallDisk> mend)
    {
        using var disk = new SmallDisk();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(options => options with { RunsDirectory = disk.Path });
        var isHarmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isMended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address, interfere: async (_, lease) =>
        {
            // The run must not be far on before the disk is harmed, nor over before it is mended.
            if (lease.Iteration >= 20) await isHarmed.Task;
            if (lease.Iteration >= 390) await isMended.Task;
            return false;
        });
        Run run = await coordinator.StartRunAsync(Configurations.Sinusoid(iterations: 400));
        await coordinator.WaitForIterationAsync(run, 10);
        harm(disk);
        isHarmed.SetResult();
        Run harmed = await WaitForFaultAsync(coordinator, run, isWanted: fault => fault.Contains("checkpoint", StringComparison.Ordinal));
        harmed.State.ShouldBe(RunState.Running);
        await coordinator.WaitForIterationAsync(run, harmed.Iteration + 50);
        coordinator.Log.Text.ShouldContain("could not write its checkpoint");

        mend(disk);
        isMended.SetResult();
        run = await coordinator.WaitAsync(run);
        run.State.ShouldBe(RunState.Completed, coordinator.Log.Text);
        run.StorageFault.ShouldBeEmpty();
        run.CheckpointIteration.ShouldBe(400UL);
        File.ReadLines(Path.Combine(run.Directory, "metrics.csv")).Skip(1).Select(row => row.Split(',')[0])
            .ShouldBe(Enumerable.Range(1, 400).Select(iteration => $"{iteration}"));
        File.Exists(Path.Combine(run.Directory, "summary.json")).ShouldBeTrue();
    }

    private static async Task<Run> WaitForFaultAsync(TestCoordinator coordinator, Run run, Func<string, bool> isWanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var watch = coordinator.Runs.WatchRun(new WatchRunRequest { RunId = run.RunId }, cancellationToken: limit.Token);
        while (await watch.ResponseStream.MoveNext(limit.Token))
            if (watch.ResponseStream.Current.Run is { } snapshot && isWanted(snapshot.StorageFault)) return snapshot;
        throw new InvalidOperationException($"The run ended without a storage fault. {coordinator.Log.Text}");
    }
}
