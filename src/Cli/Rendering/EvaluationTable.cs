using System.Globalization;
using Maml.Cluster.Protos.V1;
using Spectre.Console;

namespace Maml.Cluster.Cli.Rendering;

/// <summary>Loss and accuracy after each inner step as a table, of one evaluation or of two side by side.</summary>
internal static class EvaluationTable
{
    /// <summary>A table of one evaluation.</summary>
    public static Table Create(EvaluationResult result) => Create([("", result)]);

    /// <summary>A table with the columns of each evaluation under its title.</summary>
    /// <param name="evaluations">At least one.</param>
    public static Table Create(IReadOnlyList<(string Title, EvaluationResult Result)> evaluations)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(new TableColumn("inner steps").RightAligned());
        bool classifies = evaluations.Any(evaluation => evaluation.Result.Steps.Any(step => step.HasAccuracy));
        foreach ((string title, _) in evaluations) table.AddColumn(new TableColumn(Markup.Escape($"loss {title}".Trim())).RightAligned());
        if (classifies)
        {
            foreach ((string title, _) in evaluations) table.AddColumn(new TableColumn(Markup.Escape($"accuracy {title}".Trim())).RightAligned());
        }

        for (int step = 0; step < evaluations.Max(evaluation => evaluation.Result.Steps.Count); step++)
        {
            List<string> cells = [step.ToString(CultureInfo.InvariantCulture)];
            cells.AddRange(evaluations.Select(evaluation => Cell(evaluation.Result, step, Loss)));
            if (classifies) cells.AddRange(evaluations.Select(evaluation => Cell(evaluation.Result, step, Accuracy)));
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        return table;
    }

    private static string Cell(EvaluationResult result, int step, Func<EvaluationStep, string> format) =>
        step < result.Steps.Count ? format(result.Steps[step]) : "";

    private static string Loss(EvaluationStep step) => $"{ProgressLines.Loss(step.Loss)} ± {ProgressLines.Loss(step.LossCi95)}";

    private static string Accuracy(EvaluationStep step) =>
        step.HasAccuracy
            ? string.Create(CultureInfo.InvariantCulture, $"{step.Accuracy * 100:0.0} ± {step.AccuracyCi95 * 100:0.0} %")
            : "";
}
