using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Rounds;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Telemetry;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Coordinator.Workers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maml.Cluster.Coordinator.Tests.Telemetry;

public sealed class RunMetricsTests : IDisposable
{
    private readonly TestMeterFactory _meters = new();
    private readonly Clock _time = new();
    private readonly RoundDispatcher _dispatcher;
    private readonly RunRegistry _runs;

    public RunMetricsTests()
    {
        var coordinator = new CoordinatorMeter(_meters);
        _dispatcher = new RoundDispatcher(
            new RoundSchedulerOptions(TimeSpan.FromMinutes(1)), _time, new DispatchMetrics(coordinator), NullLogger<RoundDispatcher>.Instance);
        _runs = new RunRegistry(
            new WorkerRegistry(new CoordinatorOptions(), _dispatcher, _time, NullLogger<WorkerRegistry>.Instance), NullLogger<RunRegistry>.Instance);
        _ = new RunMetrics(coordinator, _runs, _time);
    }

    [Fact]
    public void Observe_RunUnderWay_ShowsItsNewestNumbers()
    {
        Run run = Add("r");
        run.TryBecome(RunState.Running);
        run.Add(new IterationRecord(7, 1, [3, 2], [0.25f, 0.5f], 1.5, 0.01, 100, 1));
        run.Add(new EvaluationSummary(7, 9, [new StepSummary(0, 4, 0.4, 0.2, 0.02), new StepSummary(1, 3, 0.3, 0.6, 0.03)]));
        _time.Now += TimeSpan.FromSeconds(30);
        run.AddCheckpoint(7, "path", 1234, _time.Now);
        _time.Now += TimeSpan.FromSeconds(5);

        Dictionary<string, double> readings = Readings.Take(_meters);
        readings["maml.run.state run=r,state=running"].ShouldBe(1);
        readings["maml.run.iterations run=r"].ShouldBe(7);
        readings["maml.run.tasks run=r"].ShouldBe(70);
        readings["maml.run.planned_iterations run=r"].ShouldBe(5);
        readings["maml.run.meta_loss run=r"].ShouldBe(2);
        readings["maml.run.meta_gradient.norm run=r"].ShouldBe(1.5);
        readings["maml.run.learning_rate run=r"].ShouldBe(0.01);
        readings["maml.run.query_loss run=r,inner_step=1,adaptation=during"].ShouldBe(3);
        readings["maml.run.query_accuracy run=r,inner_step=2,adaptation=after"].ShouldBe(0.5);
        readings["maml.run.evaluation.accuracy run=r,inner_step=0,adaptation=before"].ShouldBe(0.2);
        readings["maml.run.evaluation.accuracy_interval run=r,inner_step=1,adaptation=after"].ShouldBe(0.03);
        readings["maml.run.evaluation.loss run=r,inner_step=1,adaptation=after"].ShouldBe(3);
        readings["maml.run.checkpoint.age run=r"].ShouldBe(5);
        readings["maml.run.checkpoint.size run=r"].ShouldBe(1234);
        readings["maml.coordinator.runs state=running"].ShouldBe(1);
        readings["maml.coordinator.runs state=waiting_for_workers"].ShouldBe(0, "every state is there from the start");
    }

    [Fact]
    public void Observe_NothingWrittenYet_CountsTheAgeFromTheLaunch()
    {
        Add("r").TryBecome(RunState.Running);
        _time.Now += TimeSpan.FromSeconds(42);
        Readings.Take(_meters)["maml.run.checkpoint.age run=r"].ShouldBe(42);
    }

    [Fact]
    public void Observe_RunThatHasEnded_IsShownFiveMinutesMore()
    {
        Run run = Add("r");
        run.TryBecome(RunState.Running);
        run.TryBecome(RunState.Completed, snapshot => snapshot with { Ended = _time.Now });
        _time.Now += RunMetrics.Retention - TimeSpan.FromSeconds(1);
        Dictionary<string, double> readings = Readings.Take(_meters);
        readings.ShouldContainKey("maml.run.state run=r,state=completed");
        readings.ShouldNotContainKey("maml.run.checkpoint.age run=r", "nothing of it can be lost any more");

        _time.Now += TimeSpan.FromSeconds(2);
        readings = Readings.Take(_meters);
        readings.Keys.ShouldNotContain(key => key.Contains("run=r", StringComparison.Ordinal));
        readings["maml.coordinator.runs state=completed"].ShouldBe(1);
    }

    [Fact]
    public void Observe_RunOfAnEarlierStart_IsNotShown()
    {
        _runs.Add(new Run(Snapshot("old") with { State = RunState.Completed }));
        Readings.Take(_meters).Keys.ShouldNotContain(key => key.Contains("run=old", StringComparison.Ordinal));
    }

    [Fact]
    public void Observe_TooManyRuns_ShowsThoseUnderWayFirst()
    {
        for (int number = 0; number < RunMetrics.MaximumRuns; number++)
            Add($"ended-{number}").TryBecome(RunState.Completed, snapshot => snapshot with { Ended = _time.Now });
        Add("under-way").TryBecome(RunState.Running);
        string[] shown = [.. Readings.Take(_meters).Keys.Where(key => key.StartsWith("maml.run.iterations ", StringComparison.Ordinal))];
        shown.Length.ShouldBe(RunMetrics.MaximumRuns);
        shown.ShouldContain("maml.run.iterations run=under-way");
    }

    [Fact]
    public void Observe_HundredsOfInnerSteps_ShowsTheFirstAndTheLast()
    {
        Add("r").Add(new IterationRecord(1, 1, [.. Enumerable.Range(1, 200).Select(step => (float)step)], [], 1, 0.01, 100, 1));
        Dictionary<string, double> readings = Readings.Take(_meters);
        readings.Keys.Count(key => key.StartsWith("maml.run.query_loss ", StringComparison.Ordinal)).ShouldBe(11);
        readings["maml.run.query_loss run=r,inner_step=200,adaptation=after"].ShouldBe(200);
    }

    public void Dispose()
    {
        _runs.Dispose();
        _dispatcher.Dispose();
        _meters.Dispose();
    }

    private Run Add(string id)
    {
        var run = new Run(Snapshot(id));
        run.Launch(_time.Now, epoch: 1);
        _runs.Add(run);
        return run;
    }

    private RunSnapshot Snapshot(string id) => new()
    {
        RunId = id,
        Configuration = Configurations.Logistic(5),
        Preset = "",
        Directory = "",
        Started = _time.Now,
    };

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddYears(50);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
