namespace Maml.Cluster.Coordinator.Evaluation;

/// <summary>What an evaluation found.</summary>
/// <param name="Iteration">Iterations of training before it.</param>
/// <param name="Tasks">Held-out tasks.</param>
/// <param name="Steps">One entry for each of 0…S′ inner steps.</param>
internal sealed record EvaluationSummary(long Iteration, int Tasks, IReadOnlyList<StepSummary> Steps)
{
    /// <summary>Which tasks; there is no other set to evaluate on.</summary>
    public const string Split = "test";
}
