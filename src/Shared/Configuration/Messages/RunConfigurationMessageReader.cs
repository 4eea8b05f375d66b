using Maml.Cluster.Shared.Configuration.Settings;
using Maml.Cluster.Shared.Configuration.Validation;

namespace Maml.Cluster.Shared.Configuration.Messages;

/// <summary>Reads every field of a message, and gathers what cannot be read. Nothing has a default on the wire.</summary>
internal sealed class RunConfigurationMessageReader(FaultCollector faults)
{
    /// <summary>Reads a message; the record is of use only when there are no faults.</summary>
    public RunConfiguration Read(Protos.V1.RunConfiguration message) => new()
    {
        Name = message.Name,
        Seed = message.Seed,
        Algorithm = Member("algorithm", message.Algorithm, MessageEnums.FromMessage(message.Algorithm), ConfigurationWords.Algorithms),
        SecondOrder = Member(
            "secondOrder", message.SecondOrder, MessageEnums.FromMessage(message.SecondOrder), ConfigurationWords.SecondOrders),
        Model = ReadModel(Section("model", message.Model)),
        Tasks = ReadTasks(Section("tasks", message.Tasks)),
        Loss = Member("loss", message.Loss, MessageEnums.FromMessage(message.Loss), ConfigurationWords.Losses),
        Inner = ReadInner(Section("inner", message.Inner)),
        Outer = ReadOuter(Section("outer", message.Outer)),
        Evaluation = ReadEvaluation(Section("evaluation", message.Evaluation)),
        Checkpoints = ReadCheckpoints(Section("checkpoints", message.Checkpoints)),
        Chunk = ReadChunk(Section("chunk", message.Chunk)),
    };

    private ModelConfiguration ReadModel(Protos.V1.ModelConfiguration model) => new()
    {
        Kind = Word("model.kind", model.Kind, ConfigurationWords.ModelKinds),
        Widths = [.. model.Widths.Select(width => Integer("model.widths", width, Limits.Width))],
        Filters = Integer("model.filters", model.Filters, Limits.Filters),
        Downsample = Word("model.downsample", model.Downsample, ConfigurationWords.Downsamples),
    };

    private TaskConfiguration ReadTasks(Protos.V1.TaskConfiguration tasks) => new()
    {
        Source = Word("tasks.source", tasks.Source, ConfigurationWords.TaskSources),
        Split = tasks.Split,
        Group = tasks.Group.Length == 0 ? TaskGroup.All : Word("tasks.group", tasks.Group, ConfigurationWords.TaskGroups),
        Way = Integer("tasks.way", tasks.Way, Limits.Way),
        Shot = Integer("tasks.shot", tasks.Shot, Limits.Shot),
        Query = Integer("tasks.query", tasks.Query, Limits.Query),
    };

    private InnerConfiguration ReadInner(Protos.V1.InnerConfiguration inner) => new()
    {
        Steps = Integer("inner.steps", inner.Steps, Limits.InnerSteps),
        LearningRate = inner.LearningRate,
    };

    private OuterConfiguration ReadOuter(Protos.V1.OuterConfiguration outer) => new()
    {
        Optimizer = Word("outer.optimizer", outer.Optimizer, ConfigurationWords.Optimizers),
        LearningRate = outer.LearningRate,
        Schedule = Word("outer.schedule", outer.Schedule, ConfigurationWords.Schedules),
        TasksPerIteration = Integer("outer.tasksPerIteration", outer.TasksPerIteration, Limits.Tasks),
        Iterations = Integer64("outer.iterations", outer.Iterations, Limits.Iterations),
        ClipNorm = outer.ClipNorm,
        CurveEvery = Integer64("outer.curveEvery", outer.CurveEvery, Limits.Every),
        GradientPrecision = Word("outer.gradientPrecision", outer.GradientPrecision, ConfigurationWords.GradientPrecisions),
    };

    private EvaluationConfiguration ReadEvaluation(Protos.V1.EvaluationConfiguration evaluation) => new()
    {
        Every = Integer64("evaluation.every", evaluation.Every, Limits.Every),
        Tasks = Integer("evaluation.tasks", evaluation.Tasks, Limits.Tasks),
        InnerSteps = Integer("evaluation.innerSteps", evaluation.InnerSteps, Limits.InnerSteps),
        Query = Integer("evaluation.query", evaluation.Query, Limits.Query),
    };

    private CheckpointConfiguration ReadCheckpoints(Protos.V1.CheckpointConfiguration checkpoints) => new()
    {
        Every = Integer64("checkpoints.every", checkpoints.Every, Limits.Every),
        Keep = Integer("checkpoints.keep", checkpoints.Keep, Limits.Keep),
        KeepBest = Integer("checkpoints.keepBest", checkpoints.KeepBest, Limits.KeepBest),
    };

    private ChunkConfiguration ReadChunk(Protos.V1.ChunkConfiguration chunk) => new()
    {
        Tasks = Integer("chunk.tasks", chunk.Tasks, Limits.ChunkTasks),
        Group = Integer("chunk.group", chunk.Group, Limits.ChunkGroup),
    };

    private T Section<T>(string path, T? section)
        where T : class, new()
    {
        if (section is null) faults.Add(path, $"is missing, expected {string.Join(", ", SettingPaths.NamesIn(path))}; set every field");
        return section ?? new T();
    }

    private int Integer(string path, uint value, IntegerRange range) => (int)Integer64(path, value, range);

    private long Integer64(string path, ulong value, IntegerRange range)
    {
        faults.Check(path, value, range);
        return range.Contains(value) ? (long)value : range.Minimum;
    }

    private T Word<T>(string path, string word, WordList<T> words)
        where T : struct, Enum
    {
        if (!words.TryParse(word, out T value)) faults.Add(path, $"found {FoundText.Quote(word)}, expected {words.Expectation}{words.Suggest(word)}");
        return value;
    }

    private T Member<TMessage, T>(string path, TMessage found, T? value, WordList<T> words)
        where TMessage : struct, Enum
        where T : struct, Enum
    {
        if (value is null) faults.Add(path, $"found {found}, expected {words.Expectation}");
        return value.GetValueOrDefault();
    }
}
