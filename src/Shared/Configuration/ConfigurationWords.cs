namespace Maml.Cluster.Shared.Configuration;

/// <summary>The words by which configurations, messages and files name the members of each enumeration.</summary>
public static class ConfigurationWords
{
    /// <summary>Of <c>algorithm</c>.</summary>
    public static WordList<Algorithm> Algorithms { get; } = new(("maml", Algorithm.Maml), ("fomaml", Algorithm.Fomaml));

    /// <summary>Of <c>secondOrder</c>.</summary>
    public static WordList<SecondOrder> SecondOrders { get; } = new(("unrolled", SecondOrder.Unrolled), ("recomputed", SecondOrder.Recomputed));

    /// <summary>Of <c>model.kind</c>.</summary>
    public static WordList<ModelKind> ModelKinds { get; } =
        new(("mlp", ModelKind.Mlp), ("logistic", ModelKind.Logistic), ("conv4", ModelKind.Conv4));

    /// <summary>Of <c>model.downsample</c>.</summary>
    public static WordList<Downsample> Downsamples { get; } = new(("stride", Downsample.Stride), ("maxpool", Downsample.MaxPool));

    /// <summary>Of <c>tasks.source</c>.</summary>
    public static WordList<TaskSourceKind> TaskSources { get; } =
        new(("sinusoid", TaskSourceKind.Sinusoid), ("logistic", TaskSourceKind.Logistic), ("omniglot", TaskSourceKind.Omniglot));

    /// <summary>Of <c>tasks.group</c>.</summary>
    public static WordList<TaskGroup> TaskGroups { get; } = new(("all", TaskGroup.All), ("alphabet", TaskGroup.Alphabet));

    /// <summary>Of <c>loss</c>.</summary>
    public static WordList<Loss> Losses { get; } =
        new(("cross_entropy", Loss.CrossEntropy), ("binary_cross_entropy", Loss.BinaryCrossEntropy), ("mse", Loss.Mse));

    /// <summary>Of <c>outer.optimizer</c>.</summary>
    public static WordList<OptimizerKind> Optimizers { get; } = new(("adam", OptimizerKind.Adam));

    /// <summary>Of <c>outer.schedule</c>.</summary>
    public static WordList<LearningRateSchedule> Schedules { get; } =
        new(("constant", LearningRateSchedule.Constant), ("cosine", LearningRateSchedule.Cosine));

    /// <summary>Of <c>outer.gradientPrecision</c>.</summary>
    public static WordList<GradientPrecision> GradientPrecisions { get; } =
        new(("float32", GradientPrecision.Float32), ("bfloat16", GradientPrecision.BFloat16), ("float16", GradientPrecision.Float16));
}
