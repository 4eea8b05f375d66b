using Maml.Cluster.Coordinator.Dispatch;

namespace Maml.Cluster.Coordinator.Evaluation;

/// <summary>Means and 95 % confidence intervals over tasks.</summary>
internal static class EvaluationAggregator
{
    // The normal quantile; with the hundreds of tasks of an evaluation Student's differs in the third digit.
    private const double Quantile = 1.96;

    /// <summary>Summarises curves.</summary>
    /// <param name="iteration">Iterations of training before the evaluation.</param>
    /// <param name="curves">One for each task, in the order of tasks, so that the sums do not depend on who was first; at least one.</param>
    public static EvaluationSummary Aggregate(long iteration, IReadOnlyList<TaskCurve> curves)
    {
        ArgumentOutOfRangeException.ThrowIfZero(curves.Count, nameof(curves));
        var steps = new StepSummary[curves[0].Loss.Count];
        bool isClassification = curves[0].Accuracy.Count > 0;
        for (int step = 0; step < steps.Length; step++)
        {
            int at = step;
            (double loss, double lossCi95) = MeanOf(curves.Select(curve => (double)curve.Loss[at]));
            (double accuracy, double accuracyCi95) = isClassification ? MeanOf(curves.Select(curve => (double)curve.Accuracy[at])) : default;
            steps[step] = new StepSummary(
                step, loss, lossCi95, isClassification ? accuracy : null, isClassification ? accuracyCi95 : null);
        }

        return new EvaluationSummary(iteration, curves.Count, steps);
    }

    private static (double Mean, double Ci95) MeanOf(IEnumerable<double> source)
    {
        double[] values = [.. source];
        double mean = values.Sum() / values.Length;
        double squares = values.Sum(value => (value - mean) * (value - mean));
        double deviation = Math.Sqrt(squares / (values.Length - 1));
        return (mean, Quantile * deviation / Math.Sqrt(values.Length));
    }
}
