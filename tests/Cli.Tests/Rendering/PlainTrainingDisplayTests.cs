using Maml.Cluster.Cli.Rendering;
using Maml.Cluster.Cli.Tests.Support;
using Maml.Cluster.Cli.Training;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Tests.Rendering;

public sealed class PlainTrainingDisplayTests
{
    [Fact]
    public async Task Show_ManyIterations_PrintsTheFirstOneEveryTwoSecondsAndTheLast()
    {
        var time = new ManualTime();
        var output = new StringWriter();
        TrainingProgress progress = await new PlainTrainingDisplay(output, time).ShowAsync(EventsAsync(time, iterations: 100, TimeSpan.FromSeconds(0.1)));

        string[] shown = [.. output.ToString().Split('\n').Where(line => line.StartsWith("iteration", StringComparison.Ordinal))];
        shown.Select(line => line.Split(' ')[1]).ShouldBe(["1/100", "21/100", "41/100", "61/100", "81/100", "100/100"]);
        progress.IterationsDone.ShouldBe(100ul);
    }

    [Fact]
    public async Task Show_ChangeOfState_PrintsItOnce()
    {
        var output = new StringWriter();
        await new PlainTrainingDisplay(output, new ManualTime()).ShowAsync(EventsAsync(new ManualTime(), iterations: 0, TimeSpan.Zero));
        output.ToString().ReplaceLineEndings("\n").ShouldBe("waiting for workers\nrunning\n");
    }

    private static async IAsyncEnumerable<RunEvent> EventsAsync(ManualTime time, uint iterations, TimeSpan each)
    {
        RunConfiguration configuration = new() { Outer = new() { Iterations = iterations, TasksPerIteration = 4 } };
        yield return new RunEvent { Run = new() { State = RunState.WaitingForWorkers, Configuration = configuration } };
        yield return new RunEvent { Run = new() { State = RunState.WaitingForWorkers, Configuration = configuration } };
        yield return new RunEvent { Run = new() { State = RunState.Running, Configuration = configuration } };
        for (uint i = 1; i <= iterations; i++)
        {
            await Task.Yield();
            yield return new RunEvent { Iteration = new() { Iteration = i, MetaLoss = 1, Workers = 2 } };
            time.Advance(each);
        }
    }
}
