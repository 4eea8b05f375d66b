using Maml.Cluster.Coordinator.Evaluation;
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
        run.TryBecome(RunState.Running).ShouldBeTrue();
        run.TryBecome(RunState.WaitingForWorkers).ShouldBeTrue();
        run.TryBecome(RunState.Running).ShouldBeTrue();
        run.TryBecome(RunState.Completed, snapshot => snapshot with { MetaParametersSha256 = "h" }).ShouldBeTrue();
        run.Ended.IsCompleted.ShouldBeTrue();
        foreach (RunState state in Enum.GetValues<RunState>()) run.TryBecome(state).ShouldBeFalse($"{state}");
        run.Snapshot.MetaParametersSha256.ShouldBe("h");
    }

    [Theory]
    [InlineData(RunState.Queued)]
    [InlineData(RunState.Paused)]
    [InlineData(RunState.WaitingForWorkers)]
    internal void TryBecome_CompletedFromAnyStateUnderWay_IsTheEnd(RunState from)
    {
        using Run run = Create();
        run.TryBecome(from).ShouldBeTrue();
        run.TryBecome(RunState.Completed).ShouldBeTrue("a run that goes on may find that all is done");
        run.Ended.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void Rewind_KnowsLaterEvaluations_ForgetsThemAndKeepsTheFirst()
    {
        using Run run = Create();
        run.Add(new EvaluationSummary(0, 1, []));
        run.Add(new EvaluationSummary(30, 1, []));
        run.Rewind(20, hasCheckpoint: true, [new EvaluationSummary(10, 1, []), new EvaluationSummary(20, 1, [])]);
        run.Snapshot.Iteration.ShouldBe(20);
        run.Snapshot.InitialEvaluation!.Iteration.ShouldBe(0);
        run.Snapshot.Evaluation!.Iteration.ShouldBe(20);
        run.Snapshot.CheckpointIteration.ShouldBe(20);
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
