namespace Maml.Cluster.Shared.Configuration.Validation;

/// <summary>
/// The range of every number. The upper ends are far beyond use: they turn a slip of the keyboard into a message, and keep
/// sizes that are computed from them within their types.
/// </summary>
internal static class Limits
{
    /// <summary>Of <c>model.widths</c>: how many.</summary>
    public static readonly IntegerRange Layers = new(1, 16);

    /// <summary>Of <c>model.widths</c>: each.</summary>
    public static readonly IntegerRange Width = new(1, 8192);

    /// <summary>Of <c>model.filters</c>.</summary>
    public static readonly IntegerRange Filters = new(1, 2048);

    /// <summary>Of <c>tasks.way</c>; the source limits it further.</summary>
    public static readonly IntegerRange Way = new(1, 1000);

    /// <summary>Of <c>tasks.shot</c>; Omniglot limits it further.</summary>
    public static readonly IntegerRange Shot = new(1, 10_000);

    /// <summary>Of <c>tasks.query</c> and <c>evaluation.query</c>; Omniglot limits them further.</summary>
    public static readonly IntegerRange Query = new(1, 10_000);

    /// <summary>Of <c>inner.steps</c> and <c>evaluation.innerSteps</c>.</summary>
    public static readonly IntegerRange InnerSteps = new(1, 1000);

    /// <summary>Of <c>outer.tasksPerIteration</c> and <c>evaluation.tasks</c>; a task's index has 24 bits.</summary>
    public static readonly IntegerRange Tasks = new(1, 1_000_000);

    /// <summary>Of <c>outer.iterations</c>; a task's iteration has 38 bits.</summary>
    public static readonly IntegerRange Iterations = new(1, 1_000_000_000);

    /// <summary>Of <c>evaluation.every</c> and <c>checkpoints.every</c>.</summary>
    public static readonly IntegerRange Every = new(0, 1_000_000_000);

    /// <summary>Of <c>checkpoints.keep</c>.</summary>
    public static readonly IntegerRange Keep = new(1, 1000);

    /// <summary>Of <c>checkpoints.keepBest</c>.</summary>
    public static readonly IntegerRange KeepBest = new(0, 1000);

    /// <summary>Of <c>chunk.tasks</c>.</summary>
    public static readonly IntegerRange ChunkTasks = new(1, 4096);

    /// <summary>Of <c>chunk.group</c>.</summary>
    public static readonly IntegerRange ChunkGroup = new(0, 4096);

    /// <summary>Of <c>inner.learningRate</c> and <c>outer.learningRate</c>.</summary>
    public static readonly NumberRange LearningRate = new(0, IncludesMinimum: false, 1000);

    /// <summary>Of <c>outer.clipNorm</c>.</summary>
    public static readonly NumberRange ClipNorm = new(0, IncludesMinimum: true, 1e9);

    /// <summary>Length of θ: with Adam's two moments 1.2 GB, and as much again for every task that a device holds at once.</summary>
    public const int Parameters = 100_000_000;
}
