using Maml.Cluster.Cli.Training;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Tests.Training;

public sealed class TrainingProgressTests
{
    private static readonly Run Started = new()
    {
        State = RunState.Running,
        Configuration = new() { Outer = new() { Iterations = 100, TasksPerIteration = 4 } },
    };

    [Fact]
    public void With_Evaluations_TellsFirstFromNewest()
    {
        TrainingProgress progress = TrainingProgress.Unknown
            .With(new RunEvent { Run = Started })
            .With(Evaluated(0, 3))
            .With(Evaluated(50, 2))
            .With(Evaluated(100, 1));
        progress.Before!.Steps[0].Loss.ShouldBe(3);
        progress.After!.Steps[0].Loss.ShouldBe(1);
    }

    [Fact]
    public void Remaining_AtSomeRate_IsTheRestOfTheTasks()
    {
        TrainingProgress progress = TrainingProgress.Unknown
            .With(new RunEvent { Run = Started })
            .With(new RunEvent { Iteration = new() { Iteration = 75, TasksPerSecond = 10 } });
        progress.Remaining.ShouldBe(TimeSpan.FromSeconds(10));
        progress.Share.ShouldBe(0.75);
    }

    [Fact]
    public void Remaining_WithoutARate_IsUnknown() =>
        TrainingProgress.Unknown.With(new RunEvent { Run = Started }).Remaining.ShouldBeNull();

    [Theory]
    [InlineData(RunState.Running, false)]
    [InlineData(RunState.WaitingForWorkers, false)]
    [InlineData(RunState.Completed, true)]
    [InlineData(RunState.Stopped, true)]
    [InlineData(RunState.Failed, true)]
    public void HasEnded_InEachState_IsAsExpected(RunState state, bool expected) =>
        TrainingProgress.Unknown.With(new RunEvent { Run = new() { State = state } }).HasEnded.ShouldBe(expected);

    private static RunEvent Evaluated(ulong iteration, double loss) =>
        new() { Evaluation = new() { Iteration = iteration, Result = new() { Iteration = iteration, Steps = { new EvaluationStep { Loss = loss } } } } };
}
