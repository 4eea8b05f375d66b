using System.Globalization;
using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Files;

namespace Maml.Cluster.Coordinator.Records;

/// <summary>The tables of a run: <c>metrics.csv</c> and <c>evaluations.csv</c>. A full disk does not stop it: rows wait.</summary>
internal sealed class RunRecords : IDisposable
{
    private readonly CsvFile _metrics;
    private readonly CsvFile _evaluations;
    private readonly double?[] _row;

    private RunRecords(CsvFile metrics, CsvFile evaluations, int columns)
    {
        _metrics = metrics;
        _evaluations = evaluations;
        _row = new double?[columns];
    }

    /// <summary>The evaluations that an earlier start of the run made and that are kept, oldest first.</summary>
    public IReadOnlyList<EvaluationSummary> EarlierEvaluations { get; private init; } = [];

    /// <summary>The time of the last row that is kept of an earlier start: the run's clock goes on from there. 0 for a new run.</summary>
    public double EarlierSeconds { get; private init; }

    /// <summary>Creates both files.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="configuration">The run's configuration; its columns follow from it.</param>
    /// <param name="time">Decides when rows are flushed.</param>
    /// <param name="report">Told when a table cannot be written any more, and when it can again. Called by several threads.</param>
    /// <exception cref="IOException">A file is there already, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public static RunRecords Create(RunFolder folder, RunConfiguration configuration, TimeProvider time, Action<TableFault> report)
    {
        string[] metrics = RunTables.Metrics(configuration);
        return new RunRecords(
            CsvFile.Create(folder.Metrics, metrics, time, report),
            CsvFile.Create(folder.Evaluations, RunTables.Evaluations, time, report),
            metrics.Length);
    }

    /// <summary>
    /// Goes on with the tables of a run that goes on from a checkpoint: later rows are cut off, missing tables begin anew. When the disk is
    /// full or read-only, that is reported and put right later.
    /// </summary>
    /// <param name="folder">The run's folder; nobody else may write there.</param>
    /// <param name="configuration">The run's configuration.</param>
    /// <param name="iteration">The checkpoint's iteration.</param>
    /// <param name="time">Decides when rows are flushed.</param>
    /// <param name="report">Told when a table cannot be written any more, and when it can again. Called by several threads.</param>
    /// <param name="notice">Told of a table that does not fit and is kept aside.</param>
    public static RunRecords Continue(
        RunFolder folder, RunConfiguration configuration, long iteration, TimeProvider time, Action<TableFault> report, Action<string> notice)
    {
        AtomicFile.DeleteLeftovers(folder.Path);
        string[] columns = RunTables.Metrics(configuration);
        ExistingTable metrics = ExistingTable.Find(folder.Metrics, columns, iteration, rowsPerIteration: 1, lastOnly: true);
        ExistingTable evaluations = ExistingTable.Find(
            folder.Evaluations, RunTables.Evaluations, iteration, rowsPerIteration: configuration.Evaluation.InnerSteps + 1, lastOnly: false);
        foreach (ExistingTable table in new[] { metrics, evaluations })
            if (table.Notice is { } text) notice(text);

        IEnumerable<double?> times = metrics.Iterations.Concat(evaluations.Iterations).Select(rows => RunTables.SecondsOf(rows[^1]));
        return new RunRecords(CsvFile.Continue(metrics, time, report), CsvFile.Continue(evaluations, time, report), columns.Length)
        {
            EarlierEvaluations = [.. evaluations.Iterations.Select(RunTables.ReadEvaluation)],
            EarlierSeconds = times.Max() ?? 0,
        };
    }

    /// <summary>Adds an iteration. Never fails.</summary>
    public void Add(IterationRecord iteration)
    {
        int column = 0;
        _row[column++] = iteration.Iteration;
        _row[column++] = Math.Round(iteration.Seconds, 6);
        _row[column++] = Shortest(iteration.MetaLoss);
        foreach (float loss in iteration.QueryLoss) _row[column++] = WhereMeasured(loss);
        foreach (float accuracy in iteration.QueryAccuracy) _row[column++] = WhereMeasured(accuracy);
        _row[column++] = iteration.MetaGradientNorm;
        _row[column++] = iteration.LearningRate;
        _row[column++] = Math.Round(iteration.TasksPerSecond, 3);
        _row[column] = iteration.Workers;
        _metrics.Append(_row);
    }

    /// <summary>Adds an evaluation. Never fails.</summary>
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

    /// <summary>Writes what waits, so that no row of an iteration is missing whose checkpoint is there. Never fails.</summary>
    public void Flush()
    {
        _metrics.Flush();
        _evaluations.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _metrics.Dispose();
        _evaluations.Dispose();
    }

    private static double? WhereMeasured(float value) => float.IsNaN(value) ? null : Shortest(value);

    // A float's own digits, not the seventeen of the double next to it.
    private static double Shortest(float value) =>
        double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
