using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Training;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Rendering;

/// <summary>What is left to say when a run has ended.</summary>
internal static class TrainingReport
{
    public static void Write(Terminal terminal, TrainingProgress progress)
    {
        List<(string, EvaluationResult)> evaluations = [];
        if (progress.Before is { } before) evaluations.Add(("before", before));
        if (progress.After is { } after) evaluations.Add(("after", after));
        if (evaluations.Count > 0)
        {
            EvaluationResult newest = evaluations[^1].Item2;
            string when = evaluations.Count > 1 ? $"Before and after {newest.Iteration} iterations of" : "Before";
            terminal.Output.WriteLine($"{when} meta-training, mean and 95 % interval over {newest.Tasks} held-out tasks:");
            terminal.CreateConsole().Write(EvaluationTable.Create(evaluations));
        }

        if (progress.Iteration is { } iteration)
        {
            double tasks = (double)progress.IterationsDone * progress.Run.Configuration.Outer.TasksPerIteration;
            string rate = iteration.Seconds > 0 ? FormattableString.Invariant($", {tasks / iteration.Seconds:0} tasks/s") : "";
            terminal.Output.WriteLine($"{progress.IterationsDone} iterations in {ProgressLines.Duration(TimeSpan.FromSeconds(iteration.Seconds))}{rate}");
        }

        terminal.Output.WriteLine($"Run: {progress.Run.Directory}");
    }
}
