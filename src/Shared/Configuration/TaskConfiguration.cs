namespace Maml.Cluster.Shared.Configuration;

/// <summary>A source of tasks and the size of each task.</summary>
public sealed record TaskConfiguration
{
    /// <summary>Where tasks come from.</summary>
    public required TaskSourceKind Source { get; init; }

    /// <summary>omniglot: classes for training and for evaluation. 1200/423 by default, as in most publications.</summary>
    public string Split { get; init; } = "1200/423";

    /// <summary>omniglot: what the classes of one task have in common, in training and in evaluation. Nothing by default, as in most publications.</summary>
    public TaskGroup Group { get; init; }

    /// <summary>Classes in a task; always 1 for sinusoid and 2 for logistic, where a file may leave it out.</summary>
    public required int Way { get; init; }

    /// <summary>Support examples a class; for logistic, where the rule decides on the class, on average.</summary>
    public required int Shot { get; init; }

    /// <summary>Query examples a class in training.</summary>
    public required int Query { get; init; }
}
