using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Shared.Configuration.Validation;

/// <summary>What a source of tasks asks of the rest of a configuration.</summary>
/// <param name="Models">Models whose inputs and outputs fit the tasks.</param>
/// <param name="Loss">The loss that fits the labels.</param>
/// <param name="FixedWay">The only possible way; null where it is free.</param>
internal sealed record SourceFit(IReadOnlyList<ModelKind> Models, Loss Loss, int? FixedWay)
{
    /// <summary>Drawings of each Omniglot character.</summary>
    public const int OmniglotExamples = 20;

    /// <summary>Characters in Omniglot.</summary>
    public const int OmniglotClasses = 1623;

    /// <summary>What is expected of <c>tasks.split</c>, for messages.</summary>
    public static string SplitExpectation { get; } = $"one of {string.Join(", ", ClassSplit.Names)}";

    /// <summary>What a source asks.</summary>
    public static SourceFit Of(TaskSourceKind source) => source switch
    {
        TaskSourceKind.Sinusoid => new([ModelKind.Mlp], Loss.Mse, 1),
        TaskSourceKind.Logistic => new([ModelKind.Logistic, ModelKind.Mlp], Loss.BinaryCrossEntropy, 2),
        TaskSourceKind.Omniglot => new([ModelKind.Conv4, ModelKind.Mlp], Loss.CrossEntropy, null),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "There is no such source of tasks."),
    };

    /// <summary>The most ways that a split has classes for, in training and in evaluation.</summary>
    public static int MaximumWay(string split)
    {
        ClassSplit classes = ClassSplit.Create(split, OmniglotClasses);
        return Math.Min(classes.Train.Count, classes.Test.Count);
    }
}
