using Maml.Cluster.Shared.Configuration.Settings;
using Maml.Cluster.Shared.Configuration.Validation;

namespace Maml.Cluster.Shared.Configuration;

/// <summary>Says whether a configuration can be run.</summary>
public static class RunConfigurationValidator
{
    /// <summary>Everything that is wrong with a configuration; empty when it can be run.</summary>
    public static IReadOnlyList<ConfigurationFault> Validate(RunConfiguration configuration)
    {
        var faults = new FaultCollector();
        Validate(configuration, faults);
        return faults.Faults;
    }

    /// <summary>Adds what is wrong to faults found before; settings that have one are not judged again.</summary>
    internal static void Validate(RunConfiguration configuration, FaultCollector faults)
    {
        if (!RunName.IsValid(configuration.Name))
            faults.Add("name", $"found {FoundText.Quote(configuration.Name)}, expected {RunName.Expectation}");
        CheckWord("algorithm", configuration.Algorithm, faults);
        CheckWord("secondOrder", configuration.SecondOrder, faults);
        CheckModel(configuration.Model, faults);
        CheckWord("tasks.source", configuration.Tasks.Source, faults);
        CheckWord("tasks.group", configuration.Tasks.Group, faults);
        faults.Check("tasks.way", configuration.Tasks.Way, Limits.Way);
        faults.Check("tasks.shot", configuration.Tasks.Shot, Limits.Shot);
        faults.Check("tasks.query", configuration.Tasks.Query, Limits.Query);
        CheckWord("loss", configuration.Loss, faults);
        faults.Check("inner.steps", configuration.Inner.Steps, Limits.InnerSteps);
        faults.Check("inner.learningRate", configuration.Inner.LearningRate, Limits.LearningRate);
        CheckOuter(configuration.Outer, faults);
        faults.Check("evaluation.every", configuration.Evaluation.Every, Limits.Every);
        faults.Check("evaluation.tasks", configuration.Evaluation.Tasks, Limits.Tasks);
        faults.Check("evaluation.innerSteps", configuration.Evaluation.InnerSteps, Limits.InnerSteps);
        faults.Check("evaluation.query", configuration.Evaluation.Query, Limits.Query);
        faults.Check("checkpoints.every", configuration.Checkpoints.Every, Limits.Every);
        faults.Check("checkpoints.keep", configuration.Checkpoints.Keep, Limits.Keep);
        faults.Check("checkpoints.keepBest", configuration.Checkpoints.KeepBest, Limits.KeepBest);
        faults.Check("chunk.tasks", configuration.Chunk.Tasks, Limits.ChunkTasks);
        faults.Check("chunk.group", configuration.Chunk.Group, Limits.ChunkGroup);
        FitRules.Check(configuration, faults);
    }

    private static void CheckModel(ModelConfiguration model, FaultCollector faults)
    {
        CheckWord("model.kind", model.Kind, faults);
        CheckWord("model.downsample", model.Downsample, faults);
        faults.Check("model.filters", model.Filters, Limits.Filters);
        if (!Limits.Layers.Contains(model.Widths.Count))
            faults.Add("model.widths", $"found {model.Widths.Count} hidden layers, expected {Limits.Layers}");
        foreach (int width in model.Widths) faults.Check("model.widths", width, Limits.Width);
    }

    private static void CheckOuter(OuterConfiguration outer, FaultCollector faults)
    {
        CheckWord("outer.optimizer", outer.Optimizer, faults);
        faults.Check("outer.learningRate", outer.LearningRate, Limits.LearningRate);
        CheckWord("outer.schedule", outer.Schedule, faults);
        faults.Check("outer.tasksPerIteration", outer.TasksPerIteration, Limits.Tasks);
        faults.Check("outer.iterations", outer.Iterations, Limits.Iterations);
        faults.Check("outer.clipNorm", outer.ClipNorm, Limits.ClipNorm);
        faults.Check("outer.curveEvery", outer.CurveEvery, Limits.Every);
        CheckWord("outer.gradientPrecision", outer.GradientPrecision, faults);
    }

    private static void CheckWord<T>(string path, T value, FaultCollector faults)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value)) faults.Add(path, $"found {value}, expected one of {string.Join(", ", Enum.GetNames<T>())}");
    }
}
