using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.News;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Runs;

public sealed class RunTests
{
    [Fact]
    public void TryBecome_AfterTheEnd_ChangesNothing()
    {
        using Run run = Create();
        run.TryBecome(RunState.Completed).ShouldBeFalse("it has not run");
        run.TryBecome(RunState.Running).ShouldBeTrue();
        run.TryBecome(RunState.WaitingForWorkers).ShouldBeTrue();
        run.TryBecome(RunState.Running).ShouldBeTrue();
        run.TryBecome(RunState.Completed, snapshot => snapshot with { MetaParametersSha256 = "h" }).ShouldBeTrue();
        run.Ended.IsCompleted.ShouldBeTrue();
        foreach (RunState state in Enum.GetValues<RunState>()) run.TryBecome(state).ShouldBeFalse($"{state}");
        run.Snapshot.MetaParametersSha256.ShouldBe("h");
    }

    [Fact]
    public async Task Subscribe_AfterTheEnd_GivesTheRunAndEnds()
    {
        using Run run = Create();
        run.TryBecome(RunState.Failed, snapshot => snapshot with { Fault = "f" });
        RunSubscription subscription = run.Subscribe();
        var news = new List<RunNews>();
        await foreach (RunNews item in subscription.ReadAllAsync(default)) news.Add(item);
        news.ShouldHaveSingleItem().ShouldBeOfType<RunNews.Changed>().Run.Fault.ShouldBe("f");
        run.Unsubscribe(subscription);
    }

    private static Run Create() => new(new RunSnapshot
    {
        RunId = "r",
        Configuration = Configurations.Sinusoid(),
        Preset = "",
        Directory = "d",
        Started = DateTimeOffset.UnixEpoch,
    });
}
