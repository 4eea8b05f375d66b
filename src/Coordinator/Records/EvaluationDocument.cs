using Maml.Cluster.Coordinator.Evaluation;

namespace Maml.Cluster.Coordinator.Records;

/// <summary>An evaluation as <c>summary.json</c> has it.</summary>
/// <param name="Split">Which tasks.</param>
/// <param name="Tasks">How many.</param>
/// <param name="Steps">One entry for each of 0…S′ inner steps.</param>
/// <param name="Iteration">Iterations of training before it.</param>
internal sealed record EvaluationDocument(string Split, int Tasks, IReadOnlyList<EvaluationStepDocument> Steps, long Iteration)
{
    /// <summary>Takes over an evaluation; null stays null.</summary>
    public static EvaluationDocument? From(EvaluationSummary? evaluation) => evaluation is null
        ? null
        : new EvaluationDocument(
            EvaluationSummary.Split, evaluation.Tasks, [.. evaluation.Steps.Select(EvaluationStepDocument.From)], evaluation.Iteration);

    /// <summary>The evaluation that this was taken from.</summary>
    public EvaluationSummary ToSummary() => new(Iteration, Tasks, [.. Steps.Select(step => step.ToSummary())]);
}
