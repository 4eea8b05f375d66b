using System.Diagnostics.Metrics;
using System.Globalization;
using Maml.Cluster.Coordinator.Evaluation;

namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>Shows what there is of each inner step: a series a step, but not of hundreds.</summary>
internal static class InnerSteps
{
    // The first ten and the last: those that anybody draws.
    private const int MaximumSteps = 11;

    /// <summary>A measurement of each step.</summary>
    /// <param name="values">One a step, in order; null for none.</param>
    /// <param name="first">The first one's number.</param>
    /// <param name="measure">Given the tags that name the step, and its value.</param>
    public static IEnumerable<Measurement<double>> Show<TValue>(
        IReadOnlyList<TValue>? values, int first, Func<(string Key, string Value)[], TValue, Measurement<double>> measure)
    {
        for (int index = 0; index < values?.Count; index++)
        {
            bool isLast = index == values.Count - 1;
            if (index < MaximumSteps - 1 || isLast) yield return measure(TagsOf(index + first, isLast), values[index]);
        }
    }

    /// <summary>A measurement of each step of an evaluation that has the value.</summary>
    public static IEnumerable<Measurement<double>> ShowWhere(
        IReadOnlyList<StepSummary>? steps, Func<StepSummary, double?> select, Func<(string Key, string Value)[], double, Measurement<double>> measure) =>
        steps is null || steps.Any(step => select(step) is null) ? [] : Show(steps, first: 0, (tags, step) => measure(tags, select(step)!.Value));

    // Whoever asks how good it is before and after adapting need not know how many steps a run takes.
    private static (string Key, string Value)[] TagsOf(int step, bool isLast) =>
    [
        ("inner_step", step.ToString(CultureInfo.InvariantCulture)),
        ("adaptation", step == 0 ? "before" : isLast ? "after" : "during"),
    ];
}
