using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Shared.Models;

/// <summary>What a model sees of a task.</summary>
/// <param name="Features">Dimensions of one example: [1] for sinusoid, [50] for logistic, [1, 28, 28] for omniglot.</param>
/// <param name="Outputs">Numbers that the model gives for one example: the ways, or 1.</param>
public sealed record TaskShape(IReadOnlyList<int> Features, int Outputs)
{
    /// <summary>Features of a logistic task.</summary>
    public const int LogisticFeatures = 50;

    /// <summary>Height and width of an Omniglot image.</summary>
    public const int OmniglotSide = 28;

    /// <summary>Numbers in one example.</summary>
    public int FeatureCount { get; } = Features.Aggregate(1, (product, size) => product * size);

    /// <summary>The shape of a source's tasks.</summary>
    public static TaskShape Of(TaskConfiguration tasks) => tasks.Source switch
    {
        TaskSourceKind.Sinusoid => new TaskShape([1], 1),
        TaskSourceKind.Logistic => new TaskShape([LogisticFeatures], 1),
        TaskSourceKind.Omniglot => new TaskShape([1, OmniglotSide, OmniglotSide], tasks.Way),
        _ => throw new ArgumentOutOfRangeException(nameof(tasks), tasks.Source, "There is no such source of tasks."),
    };
}
