using Maml.Cluster.Cli.Training;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Rendering;

/// <summary>Shows a run as lines: every evaluation, and an iteration every two seconds, the first at once.</summary>
internal sealed class PlainTrainingDisplay(TextWriter output, TimeProvider time) : ITrainingDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public async Task<TrainingProgress> ShowAsync(IAsyncEnumerable<RunEvent> events)
    {
        TrainingProgress progress = TrainingProgress.Unknown;
        long? lastLine = null;
        await foreach (RunEvent next in events)
        {
            RunState before = progress.Run.State;
            progress = progress.With(next);
            if (next.EventCase == RunEvent.EventOneofCase.Run && next.Run.State != before) await SayAsync(ProgressLines.State(next.Run));
            if (next.EventCase == RunEvent.EventOneofCase.Evaluation) await SayAsync(ProgressLines.Evaluation(next.Evaluation.Result));
            if (next.EventCase != RunEvent.EventOneofCase.Iteration || (lastLine is { } last && time.GetElapsedTime(last) < Interval && !IsLast(progress))) continue;
            lastLine = time.GetTimestamp();
            await SayAsync(ProgressLines.Iteration(progress));
        }

        return progress;
    }

    private static bool IsLast(TrainingProgress progress) => progress.Iteration!.Iteration == progress.Run.Configuration?.Outer.Iterations;

    private async Task SayAsync(string line)
    {
        await output.WriteLineAsync(line);
        await output.FlushAsync();
    }
}
