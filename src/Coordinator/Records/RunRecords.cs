using System.Globalization;
using Maml.Cluster.Coordinator.Evaluation;

namespace Maml.Cluster.Coordinator.Records;

/// <summary>The tables of a run: <c>metrics.csv</c> and <c>evaluations.csv</c>.</summary>
internal sealed class RunRecords : IDisposable
{
    private readonly CsvFile _metrics;
    private readonly CsvFile _evaluations;
    private readonly double?[] _row;

    /// <summary>Creates both files.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="innerSteps">Inner steps of training, S.</param>
    /// <param name="isClassification">Whether there are accuracies.</param>
    /// <param name="time">Decides when rows are flushed.</param>
    public RunRecords(RunFolder folder, int innerSteps, bool isClassification, TimeProvider time)
    {
        string[] columns =
        [
            "iteration", "seconds", "meta_loss",
            .. Columns("query_loss_step", innerSteps),
            .. isClassification ? Columns("query_accuracy_step", innerSteps) : [],
            "meta_gradient_norm", "learning_rate", "tasks_per_second", "workers",
        ];
        _row = new double?[columns.Length];
        _metrics = new CsvFile(folder.Metrics, columns, time);
        _evaluations = new CsvFile(
            folder.Evaluations, ["iteration", "seconds", "tasks", "step", "loss", "loss_ci95", "accuracy", "accuracy_ci95"], time);
    }

    /// <summary>Adds an iteration.</summary>
    public void Add(IterationRecord iteration)
    {
        int column = 0;
        _row[column++] = iteration.Iteration;
        _row[column++] = Math.Round(iteration.Seconds, 6);
        _row[column++] = Shortest(iteration.MetaLoss);
        foreach (float loss in iteration.QueryLoss) _row[column++] = Shortest(loss);
        foreach (float accuracy in iteration.QueryAccuracy) _row[column++] = Shortest(accuracy);
        _row[column++] = iteration.MetaGradientNorm;
        _row[column++] = iteration.LearningRate;
        _row[column++] = Math.Round(iteration.TasksPerSecond, 3);
        _row[column] = iteration.Workers;
        _metrics.Append(_row);
    }

    /// <summary>Adds an evaluation.</summary>
    /// <param name="evaluation">What it found.</param>
    /// <param name="seconds">Seconds since the run's training began.</param>
    public void Add(EvaluationSummary evaluation, double seconds)
    {
        foreach (StepSummary step in evaluation.Steps)
        {
            _evaluations.Append(
                evaluation.Iteration, Math.Round(seconds, 6), evaluation.Tasks, step.Step, step.Loss, step.LossCi95, step.Accuracy, step.AccuracyCi95);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _metrics.Dispose();
        _evaluations.Dispose();
    }

    private static IEnumerable<string> Columns(string name, int innerSteps) => Enumerable.Range(1, innerSteps).Select(step => $"{name}_{step}");

    // A float's own digits, not the seventeen of the double next to it.
    private static double Shortest(float value) =>
        double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
