using Maml.Cluster.Coordinator.Evaluation;

namespace Maml.Cluster.Coordinator.Records;

/// <summary>An entry of <see cref="EvaluationDocument"/>. What is no finite number is null, since JSON has no word for it.</summary>
/// <param name="Step">Inner steps taken.</param>
/// <param name="Loss">Mean query loss.</param>
/// <param name="Accuracy">Mean query accuracy; null for regression.</param>
/// <param name="AccuracyCi95">Half-width of its 95 % confidence interval; null for regression.</param>
/// <param name="LossCi95">Half-width of the loss's.</param>
internal sealed record EvaluationStepDocument(int Step, double? Loss, double? Accuracy, double? AccuracyCi95, double? LossCi95)
{
    /// <summary>Takes over an entry.</summary>
    public static EvaluationStepDocument From(StepSummary step) =>
        new(step.Step, Finite(step.Loss), Finite(step.Accuracy), Finite(step.AccuracyCi95), Finite(step.LossCi95));

    /// <summary>The entry that this was taken from; what was no finite number is none again.</summary>
    public StepSummary ToSummary() => new(Step, Loss ?? double.NaN, LossCi95 ?? double.NaN, Accuracy, AccuracyCi95);

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
