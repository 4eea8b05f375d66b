using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Evaluation;

/// <summary>How an evaluation is made.</summary>
/// <param name="Tasks">Held-out tasks.</param>
/// <param name="InnerSteps">Inner steps.</param>
/// <param name="Query">Query examples a class.</param>
internal sealed record EvaluationPlan(int Tasks, int InnerSteps, int Query)
{
    /// <summary>As a run's configuration says.</summary>
    public static EvaluationPlan Of(EvaluationConfiguration evaluation) => new(evaluation.Tasks, evaluation.InnerSteps, evaluation.Query);
}
