using Maml.Cluster.Shared.Configuration.Validation;

namespace Maml.Cluster.Shared.Configuration.Settings;

/// <summary>Turns a configuration's tree into its record. Absent settings take the records' defaults.</summary>
internal static class RunConfigurationReader
{
    /// <summary>Reads every setting; faults are gathered, and the record is of use only when there are none.</summary>
    public static RunConfiguration Read(SettingSection root, FaultCollector faults)
    {
        UnknownSettings.Report(root, faults);
        var reader = new SectionReader(root, "", faults);
        TaskConfiguration tasks = ReadTasks(reader.Section("tasks"));
        var defaults = new RunConfiguration { Name = "", Model = new() { Kind = default }, Tasks = tasks, Loss = default };
        return defaults with
        {
            Name = reader.Text("name", RunName.Expectation, ConfigurationWords.TaskSources.ToWord(tasks.Source)),
            Seed = reader.Unsigned("seed", defaults.Seed),
            Algorithm = reader.Word("algorithm", ConfigurationWords.Algorithms, defaults.Algorithm),
            SecondOrder = reader.Word("secondOrder", ConfigurationWords.SecondOrders, defaults.SecondOrder),
            Model = ReadModel(reader.Section("model")),
            Loss = reader.Word("loss", ConfigurationWords.Losses, SourceFit.Of(tasks.Source).Loss),
            Inner = ReadInner(reader.Section("inner"), defaults.Inner),
            Outer = ReadOuter(reader.Section("outer"), defaults.Outer),
            Evaluation = ReadEvaluation(reader.Section("evaluation"), defaults.Evaluation),
            Checkpoints = ReadCheckpoints(reader.Section("checkpoints"), defaults.Checkpoints),
            Chunk = ReadChunk(reader.Section("chunk"), defaults.Chunk),
        };
    }

    // Settings of another kind or source are checked, then put back to their defaults: they have no meaning, and a run is
    // written without them.
    private static ModelConfiguration ReadModel(SectionReader reader)
    {
        ModelKind kind = reader.Word<ModelKind>("kind", ConfigurationWords.ModelKinds, null);
        var defaults = new ModelConfiguration { Kind = kind };
        IReadOnlyList<int> widths = reader.Integers("widths", Limits.Layers, Limits.Width, defaults.Widths);
        int filters = reader.Int32("filters", Limits.Filters, defaults.Filters);
        Downsample downsample = reader.Word("downsample", ConfigurationWords.Downsamples, defaults.Downsample);
        return kind switch
        {
            ModelKind.Mlp => defaults with { Widths = widths },
            ModelKind.Conv4 => defaults with { Filters = filters, Downsample = downsample },
            _ => defaults,
        };
    }

    private static TaskConfiguration ReadTasks(SectionReader reader)
    {
        TaskSourceKind source = reader.Word<TaskSourceKind>("source", ConfigurationWords.TaskSources, null);
        var tasks = new TaskConfiguration
        {
            Source = source,
            Way = reader.Int32("way", Limits.Way, SourceFit.Of(source).FixedWay),
            Shot = reader.Int32("shot", Limits.Shot, null),
            Query = reader.Int32("query", Limits.Query, null),
        };
        string split = reader.Text("split", SourceFit.SplitExpectation, tasks.Split);
        TaskGroup group = reader.Word("group", ConfigurationWords.TaskGroups, tasks.Group);
        return source == TaskSourceKind.Omniglot ? tasks with { Split = split, Group = group } : tasks;
    }

    private static InnerConfiguration ReadInner(SectionReader reader, InnerConfiguration defaults) => new()
    {
        Steps = reader.Int32("steps", Limits.InnerSteps, defaults.Steps),
        LearningRate = reader.Number("learningRate", Limits.LearningRate, defaults.LearningRate),
    };

    private static OuterConfiguration ReadOuter(SectionReader reader, OuterConfiguration defaults) => new()
    {
        Optimizer = reader.Word("optimizer", ConfigurationWords.Optimizers, defaults.Optimizer),
        LearningRate = reader.Number("learningRate", Limits.LearningRate, defaults.LearningRate),
        Schedule = reader.Word("schedule", ConfigurationWords.Schedules, defaults.Schedule),
        TasksPerIteration = reader.Int32("tasksPerIteration", Limits.Tasks, defaults.TasksPerIteration),
        Iterations = reader.Integer("iterations", Limits.Iterations, defaults.Iterations),
        ClipNorm = reader.Number("clipNorm", Limits.ClipNorm, defaults.ClipNorm),
        CurveEvery = reader.Integer("curveEvery", Limits.Every, defaults.CurveEvery),
        GradientPrecision = reader.Word("gradientPrecision", ConfigurationWords.GradientPrecisions, defaults.GradientPrecision),
    };

    private static EvaluationConfiguration ReadEvaluation(SectionReader reader, EvaluationConfiguration defaults) => new()
    {
        Every = reader.Integer("every", Limits.Every, defaults.Every),
        Tasks = reader.Int32("tasks", Limits.Tasks, defaults.Tasks),
        InnerSteps = reader.Int32("innerSteps", Limits.InnerSteps, defaults.InnerSteps),
        Query = reader.Int32("query", Limits.Query, defaults.Query),
    };

    private static CheckpointConfiguration ReadCheckpoints(SectionReader reader, CheckpointConfiguration defaults) => new()
    {
        Every = reader.Integer("every", Limits.Every, defaults.Every),
        Keep = reader.Int32("keep", Limits.Keep, defaults.Keep),
        KeepBest = reader.Int32("keepBest", Limits.KeepBest, defaults.KeepBest),
    };

    private static ChunkConfiguration ReadChunk(SectionReader reader, ChunkConfiguration defaults) => new()
    {
        Tasks = reader.Int32("tasks", Limits.ChunkTasks, defaults.Tasks),
        Group = reader.Int32("group", Limits.ChunkGroup, defaults.Group),
    };
}
