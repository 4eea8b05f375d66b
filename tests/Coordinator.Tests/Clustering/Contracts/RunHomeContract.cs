using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.Homes;
using Maml.Cluster.Coordinator.Runs.Recovery;
using Maml.Cluster.Coordinator.Tests.Checkpoints;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Contracts;

/// <summary>What a run finds, wherever runs are kept. Two homes stand for two coordinators that may reach the same runs.</summary>
public abstract class RunHomeContract : IDisposable
{
    private static readonly NewRun New = new(Configurations.Sinusoid(), "sinusoid", DataSetHash: "", new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));

    internal TemporaryFolder Folder { get; } = new();

    [SkippableFact]
    public async Task Create_TwiceInTheSameSecond_GivesTwoRuns()
    {
        (IRunHome first, IRunHome second) = await CreateAsync();
        await using IRunHold one = await first.CreateAsync(New, default);
        await using IRunHold other = await second.CreateAsync(New, default);
        other.Folder.RunId.ShouldNotBe(one.Folder.RunId);
        foreach (IRunHold hold in new[] { one, other })
        {
            hold.IsLost.ShouldBeFalse();
            RunDocumentFile.Read(hold.Folder.Record).Run.ShouldBe(hold.Folder.RunId);
            File.Exists(hold.Folder.Configuration).ShouldBeTrue();
        }
    }

    [SkippableFact]
    public async Task TryTake_RunIsHeld_GivesNothingUntilItIsLetGo()
    {
        (IRunHome first, IRunHome second) = await CreateAsync();
        IRunHold hold = await first.CreateAsync(New, default);
        (await second.TryTakeAsync(hold.Folder.RunId, default)).ShouldBeNull();
        (await first.TryTakeAsync(hold.Folder.RunId, default)).ShouldBeNull();
        await hold.DisposeAsync();
        await using IRunHold taken = (await second.TryTakeAsync(hold.Folder.RunId, default)).ShouldNotBeNull();
        taken.IsLost.ShouldBeFalse();
        (await first.TryTakeAsync(hold.Folder.RunId, default)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task TryTake_AfterMuchWasKept_HasAllOfIt()
    {
        (IRunHome first, IRunHome second) = await CreateAsync();
        string runId;
        await using (IRunHold hold = await first.CreateAsync(New, default))
        {
            runId = hold.Folder.RunId;
            CheckpointStore store = SmallCheckpoints.Open(hold.Folder.Checkpoints);
            for (long iteration = 1; iteration <= 5; iteration++)
            {
                File.AppendAllText(hold.Folder.Metrics, $"{iteration}\n");
                store.Save(SmallCheckpoints.Create(iteration));
                hold.Keep(RunPart.Tables | RunPart.Checkpoints);
            }

            File.WriteAllText(hold.Folder.Summary, "summary");
            RunDocumentFile.Write(hold.Folder.Record, New.RecordIn(hold.Folder) with { Iteration = 5 });
            hold.Keep(RunPart.Summary | RunPart.Record);
        }

        await using IRunHold taken = (await second.TryTakeAsync(runId, default)).ShouldNotBeNull();
        CheckpointStore.ReadNewest(taken.Folder.Checkpoints, fault => throw new InvalidOperationException(fault))!.Iteration.ShouldBe(5);
        File.ReadAllText(taken.Folder.Metrics).ShouldBe("1\n2\n3\n4\n5\n");
        File.ReadAllText(taken.Folder.Summary).ShouldBe("summary");
        RunDocumentFile.Read(taken.Folder.Record).Iteration.ShouldBe(5);
    }

    [SkippableFact]
    public async Task TryTake_RowsWereCutAndWrittenAnew_ReplacesThem()
    {
        (IRunHome first, IRunHome second) = await CreateAsync();
        string runId;
        await using (IRunHold hold = await first.CreateAsync(New, default))
        {
            runId = hold.Folder.RunId;
            File.WriteAllText(hold.Folder.Metrics, "iteration\n1,old\n2,old\n3,old\n");
            hold.Keep(RunPart.Tables);
        }

        await using (IRunHold hold = (await second.TryTakeAsync(runId, default)).ShouldNotBeNull())
        {
            File.WriteAllText(hold.Folder.Metrics, "iteration\n1,old\n2,new\n");
            hold.Keep(RunPart.Tables);
        }

        await using IRunHold last = (await first.TryTakeAsync(runId, default)).ShouldNotBeNull();
        File.ReadAllText(last.Folder.Metrics).ShouldBe("iteration\n1,old\n2,new\n");
    }

    [SkippableFact]
    public async Task TryTakeAndOpen_NoSuchRun_SaySo()
    {
        (IRunHome home, _) = await CreateAsync();
        await using IRunHold hold = await home.CreateAsync(New, default);
        foreach (string runId in new[] { "none", "..", "../x", $"./{hold.Folder.RunId}", "" })
        {
            await Should.ThrowAsync<RunNotFoundException>(() => home.TryTakeAsync(runId, default), runId);
            await Should.ThrowAsync<RunNotFoundException>(() => home.OpenAsync(runId, default), runId);
        }
    }

    [SkippableFact]
    public async Task Open_WhileAnotherHasIt_GivesWhatIsKept()
    {
        (IRunHome first, IRunHome second) = await CreateAsync();
        await using IRunHold hold = await first.CreateAsync(New, default);
        SmallCheckpoints.Open(hold.Folder.Checkpoints).Save(SmallCheckpoints.Create(7));
        hold.Keep(RunPart.Checkpoints);
        foreach (IRunHome home in new[] { first, second })
        {
            RunFolder folder = await home.OpenAsync(hold.Folder.RunId, default);
            CheckpointStore.ReadNewest(folder.Checkpoints, fault => throw new InvalidOperationException(fault))!.Iteration.ShouldBe(7);
        }

        hold.IsLost.ShouldBeFalse("reading takes nothing away");
    }

    [SkippableFact]
    public async Task Abandon_NewRun_LeavesNothing()
    {
        (IRunHome first, IRunHome second) = await CreateAsync();
        IRunHold hold = await first.CreateAsync(New, default);
        await first.AbandonAsync(hold);
        Directory.Exists(hold.Folder.Path).ShouldBeFalse();
        foreach (IRunHome home in new[] { first, second })
            await Should.ThrowAsync<RunNotFoundException>(() => home.TryTakeAsync(hold.Folder.RunId, default));
        await using IRunHold again = await second.CreateAsync(New, default);
        again.Folder.RunId.ShouldBe(hold.Folder.RunId, "the name is free again");
    }

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The homes of two coordinators.</summary>
    internal abstract Task<(IRunHome First, IRunHome Second)> CreateAsync();
}
