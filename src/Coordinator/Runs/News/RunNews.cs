using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Records;

namespace Maml.Cluster.Coordinator.Runs.News;

/// <summary>Something that happened to a run, for those who watch it.</summary>
internal abstract record RunNews
{
    /// <summary>It changed its state.</summary>
    internal sealed record Changed(RunSnapshot Run) : RunNews;

    /// <summary>An iteration was done.</summary>
    internal sealed record Iterated(IterationRecord Iteration) : RunNews;

    /// <summary>An evaluation was done.</summary>
    internal sealed record Evaluated(EvaluationSummary Evaluation) : RunNews;

    /// <summary>A checkpoint was written.</summary>
    internal sealed record Saved(long Iteration, string Path) : RunNews;
}
