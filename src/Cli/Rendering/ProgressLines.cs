using System.Globalization;
using Maml.Cluster.Cli.Training;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Rendering;

/// <summary>Progress as lines of text, with the invariant culture: other programs may read them.</summary>
internal static class ProgressLines
{
    /// <summary>Where the run is in its life.</summary>
    public static string State(Run run) => run.State switch
    {
        RunState.Starting => "preparing data and initial values",
        RunState.WaitingForWorkers => "waiting for workers",
        RunState.Running => "running",
        RunState.Completed => "completed",
        RunState.Stopped => "stopped",
        RunState.Failed => "failed",
        RunState.Queued => "queued",
        RunState.Paused => "paused",
        RunState.Suspended => "suspended until the coordinator starts again",
        _ => "unknown",
    };

    /// <summary>The newest iteration; <paramref name="progress"/> has one.</summary>
    public static string Iteration(TrainingProgress progress)
    {
        IterationEvent iteration = progress.Iteration!;
        string total = progress.Run.Configuration is { } configuration ? $"/{configuration.Outer.Iterations}" : "";
        string accuracy = iteration.QueryAccuracy.Count > 0 ? $"  accuracy {Percent(iteration.QueryAccuracy[^1])}" : "";
        string remaining = progress.Remaining is { } left ? $"  {Duration(left)} left" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"iteration {iteration.Iteration}{total}  loss {iteration.MetaLoss:0.0000}{accuracy}  {iteration.TasksPerSecond:0} tasks/s  {Workers(iteration.Workers)}{remaining}");
    }

    /// <summary>An evaluation, its loss or accuracy after each inner step.</summary>
    public static string Evaluation(EvaluationResult result)
    {
        bool classifies = result.Steps.Any(step => step.HasAccuracy);
        IEnumerable<string> values = result.Steps.Select(step => classifies ? Percent(step.Accuracy) : Loss(step.Loss));
        string steps = result.Steps.Count > 0 ? $"0…{result.Steps[^1].Step}" : "no";
        return $"evaluation after {result.Iteration} iterations, {result.Tasks} tasks: {(classifies ? "accuracy" : "loss")} {string.Join(" → ", values)} ({steps} inner steps)";
    }

    /// <summary>A loss with four digits.</summary>
    public static string Loss(double loss) => loss.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>A share as a percentage.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A time as minutes and seconds.</summary>
    public static string Duration(TimeSpan time) =>
        time.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");

    private static string Workers(uint count) => count == 1 ? "1 worker" : $"{count} workers";
}
