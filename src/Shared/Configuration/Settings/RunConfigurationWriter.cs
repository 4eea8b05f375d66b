using System.Text;

namespace Maml.Cluster.Shared.Configuration.Settings;

/// <summary>Writes a configuration as YAML, one section a line.</summary>
internal static class RunConfigurationWriter
{
    /// <summary>Writes every setting that means something for the model and the source.</summary>
    public static string Write(RunConfiguration run)
    {
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append('\n');

        Line("# The complete configuration of a run. `maml train` accepts this file and repeats the run.");
        Line($"name: {WriteName(run.Name)}");
        Line($"seed: {run.Seed}");
        Line($"algorithm: {ConfigurationWords.Algorithms.ToWord(run.Algorithm)}");
        Line($"secondOrder: {ConfigurationWords.SecondOrders.ToWord(run.SecondOrder)}");
        Line($"model: {WriteModel(run.Model)}");
        Line($"tasks: {WriteTasks(run.Tasks)}");
        Line($"loss: {ConfigurationWords.Losses.ToWord(run.Loss)}");
        Line($"inner: {{ steps: {run.Inner.Steps}, learningRate: {NumberText.Write(run.Inner.LearningRate)} }}");
        Line("outer:");
        Line($"  optimizer: {ConfigurationWords.Optimizers.ToWord(run.Outer.Optimizer)}");
        Line($"  learningRate: {NumberText.Write(run.Outer.LearningRate)}");
        Line($"  schedule: {ConfigurationWords.Schedules.ToWord(run.Outer.Schedule)}");
        Line($"  tasksPerIteration: {run.Outer.TasksPerIteration}");
        Line($"  iterations: {run.Outer.Iterations}");
        Line($"  clipNorm: {NumberText.Write(run.Outer.ClipNorm)}");
        Line($"  curveEvery: {run.Outer.CurveEvery}");
        Line($"  gradientPrecision: {ConfigurationWords.GradientPrecisions.ToWord(run.Outer.GradientPrecision)}");
        EvaluationConfiguration evaluation = run.Evaluation;
        Line($"evaluation: {{ every: {evaluation.Every}, tasks: {evaluation.Tasks}, innerSteps: {evaluation.InnerSteps}, query: {evaluation.Query} }}");
        Line($"checkpoints: {{ every: {run.Checkpoints.Every}, keep: {run.Checkpoints.Keep}, keepBest: {run.Checkpoints.KeepBest} }}");
        Line($"chunk: {{ tasks: {run.Chunk.Tasks}, group: {run.Chunk.Group} }}");
        return text.ToString();
    }

    // The one name that YAML would take for something else.
    private static string WriteName(string name) => name.Equals("null", StringComparison.OrdinalIgnoreCase) ? $"'{name}'" : name;

    private static string WriteModel(ModelConfiguration model)
    {
        string kind = ConfigurationWords.ModelKinds.ToWord(model.Kind);
        return model.Kind switch
        {
            ModelKind.Mlp => $"{{ kind: {kind}, widths: [{string.Join(", ", model.Widths)}] }}",
            ModelKind.Conv4 => $"{{ kind: {kind}, filters: {model.Filters}, downsample: {ConfigurationWords.Downsamples.ToWord(model.Downsample)} }}",
            _ => $"{{ kind: {kind} }}",
        };
    }

    private static string WriteTasks(TaskConfiguration tasks)
    {
        string classes = tasks.Source == TaskSourceKind.Omniglot ? $"split: {tasks.Split}, " : "";

        // Where it changes nothing it is left out, so that versions that do not know it read the run.
        if (tasks is { Source: TaskSourceKind.Omniglot, Group: not TaskGroup.All }) classes += $"group: {ConfigurationWords.TaskGroups.ToWord(tasks.Group)}, ";
        return $"{{ source: {ConfigurationWords.TaskSources.ToWord(tasks.Source)}, {classes}way: {tasks.Way}, shot: {tasks.Shot}, query: {tasks.Query} }}";
    }
}
