using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Records;

/// <summary>The columns of a run's tables.</summary>
internal static class RunTables
{
    /// <summary>Of <c>evaluations.csv</c>: a row for each of 0…S′ inner steps.</summary>
    public static readonly string[] Evaluations = ["iteration", "seconds", "tasks", "step", "loss", "loss_ci95", "accuracy", "accuracy_ci95"];

    /// <summary>Of <c>metrics.csv</c>: a row an iteration.</summary>
    public static string[] Metrics(RunConfiguration configuration) =>
    [
        "iteration", "seconds", "meta_loss",
        .. Columns("query_loss_step", configuration.Inner.Steps),
        .. configuration.Loss == Loss.Mse ? [] : Columns("query_accuracy_step", configuration.Inner.Steps),
        "meta_gradient_norm", "learning_rate", "tasks_per_second", "workers",
    ];

    /// <summary>The time in a row of either.</summary>
    public static double? SecondsOf(double?[] row) => row[1];

    /// <summary>Takes an evaluation back from its rows; a mean that was no number is none here either.</summary>
    public static EvaluationSummary ReadEvaluation(IReadOnlyList<double?[]> rows) => new(
        (long)(rows[0][0] ?? 0),
        (int)(rows[0][2] ?? 0),
        [.. rows.Select(row => new StepSummary((int)(row[3] ?? 0), row[4] ?? double.NaN, row[5] ?? double.NaN, row[6], row[7]))]);

    private static IEnumerable<string> Columns(string name, int innerSteps) => Enumerable.Range(1, innerSteps).Select(step => $"{name}_{step}");
}
