using Maml.Cluster.Cli.Training;
using Maml.Cluster.Protos.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Maml.Cluster.Cli.Rendering;

/// <summary>Shows a run in a few lines of a terminal that are drawn anew; evaluations stay above them.</summary>
internal sealed class LiveTrainingDisplay(IAnsiConsole console, TimeProvider time) : ITrainingDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    public Task<TrainingProgress> ShowAsync(IAsyncEnumerable<RunEvent> events) =>
        console.Live(Text.Empty).StartAsync(async context =>
        {
            TrainingProgress progress = TrainingProgress.Unknown;
            long drawn = time.GetTimestamp() - time.TimestampFrequency;
            await foreach (RunEvent next in events)
            {
                progress = progress.With(next);
                if (next.EventCase == RunEvent.EventOneofCase.Evaluation) console.WriteLine(ProgressLines.Evaluation(next.Evaluation.Result));
                if (next.EventCase == RunEvent.EventOneofCase.Iteration && time.GetElapsedTime(drawn) < Interval) continue;
                context.UpdateTarget(Draw(progress));
                drawn = time.GetTimestamp();
            }

            context.UpdateTarget(Draw(progress));
            return progress;
        });

    private static Rows Draw(TrainingProgress progress)
    {
        IRenderable line = new Text(progress.Iteration is null ? ProgressLines.State(progress.Run) : ProgressLines.Iteration(progress));
        var bar = new BreakdownChart { Width = 60, ShowTags = false };
        bar.Data.Add(new BreakdownChartItem("done", progress.Share, Color.Green));
        bar.Data.Add(new BreakdownChartItem("left", 1 - progress.Share, Color.Grey));
        return new Rows(bar, line);
    }
}
