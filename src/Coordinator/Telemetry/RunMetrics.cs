using System.Diagnostics.Metrics;
using Maml.Cluster.Coordinator.Runs;

namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>
/// What is shown of each run, read from it when somebody looks. Series end with their runs, a while later, so that the last values
/// are seen and their number stays bounded.
/// </summary>
internal sealed class RunMetrics
{
    /// <summary>For how long a run that has ended is shown. 5 min: five scrapes at the slowest interval that is common, and as far as a query looks back.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromMinutes(5);

    /// <summary>Runs shown at once, those under way first. 50: with the default limits four are active, and paused ones have no limit.</summary>
    public const int MaximumRuns = 50;

    private readonly RunRegistry _runs;
    private readonly TimeProvider _time;
    private readonly Meter _meter;

    /// <summary>Creates the instruments.</summary>
    public RunMetrics(CoordinatorMeter coordinator, RunRegistry runs, TimeProvider time)
    {
        (_meter, _runs, _time) = (coordinator.Meter, runs, time);
        _meter.CreateObservableUpDownCounter("maml.coordinator.runs", CountStates, "{run}", "Runs that this coordinator knows, by state.");
        Gauge("maml.run.state", null, "1 for the state that the run is in.", run => [new(1, Tags(run, ("state", TagNames.Of(run.State.ToString()))))]);
        Counter("maml.run.iterations", "{iteration}", "Iterations done; falls back when a run goes on from a checkpoint.", run => run.Iteration);
        Counter("maml.run.tasks", "{task}", "Tasks trained on.", run => run.Iteration * run.Configuration.Outer.TasksPerIteration);
        Value("maml.run.planned_iterations", "{iteration}", "Iterations that the run is to make.", run => run.Configuration.Outer.Iterations);
        ObserveLearning();
        ObserveEvaluations();
        ObserveStorage();
    }

    private void ObserveLearning()
    {
        Value("maml.run.meta_loss", null, "Mean query loss of the newest meta-batch after the last inner step.", run => run.Latest?.MetaLoss);
        Value("maml.run.meta_gradient.norm", null, "Euclidean norm of the newest averaged meta-gradient, before clipping.", run => run.Latest?.MetaGradientNorm);
        Value("maml.run.learning_rate", null, "Step size of the newest update of the meta-parameters.", run => run.Latest?.LearningRate);
        Gauge("maml.run.query_loss", null, "Mean query loss of the newest meta-batch that was measured at each inner step.",
            run => InnerSteps.Show(run.LatestCurve?.QueryLoss, first: 1, (step, value) => new(value, Tags(run, step))));
        Gauge("maml.run.query_accuracy", "ratio", "Mean query accuracy of the newest meta-batch that was measured at each inner step.",
            run => InnerSteps.Show(run.LatestCurve?.QueryAccuracy, first: 1, (step, value) => new(value, Tags(run, step))));
    }

    private void ObserveEvaluations()
    {
        Value("maml.run.evaluation.iteration", "{iteration}", "Iterations done at the newest evaluation.", run => run.Evaluation?.Iteration);
        Gauge("maml.run.evaluation.loss", null, "Mean query loss on held-out tasks, by inner step.",
            run => InnerSteps.Show(run.Evaluation?.Steps, first: 0, (step, value) => new(value.Loss, Tags(run, step))));
        Gauge("maml.run.evaluation.loss_interval", null, "Half-width of the 95 % confidence interval of the loss on held-out tasks.",
            run => InnerSteps.Show(run.Evaluation?.Steps, first: 0, (step, value) => new(value.LossCi95, Tags(run, step))));
        Gauge("maml.run.evaluation.accuracy", "ratio", "Mean query accuracy on held-out tasks, by inner step.",
            run => InnerSteps.ShowWhere(run.Evaluation?.Steps, value => value.Accuracy, (step, value) => new(value, Tags(run, step))));
        Gauge("maml.run.evaluation.accuracy_interval", "ratio", "Half-width of the 95 % confidence interval of the accuracy on held-out tasks.",
            run => InnerSteps.ShowWhere(run.Evaluation?.Steps, value => value.AccuracyCi95, (step, value) => new(value, Tags(run, step))));
    }

    private void ObserveStorage()
    {
        Value("maml.run.checkpoint.iteration", "{iteration}", "Iterations done at the newest checkpoint.", run => run.CheckpointIteration);
        Value("maml.run.checkpoint.size", "By", "Size of the newest checkpoint that this coordinator has written.", run => run.CheckpointBytes);
        Value("maml.run.checkpoint.age", "s", "Time since this coordinator wrote a checkpoint, or where it has not, since it set the run going.",
            run => run.Configuration.Checkpoints.Every > 0 && !run.State.IsEnded() && (run.CheckpointWritten ?? run.Launched) is { } since
                ? (_time.GetUtcNow() - since).TotalSeconds
                : null);
        Value("maml.run.storage.fault", null, "1 while a file of the run cannot be written.", run => run.StorageFault.Length > 0 ? 1 : 0);
    }

    private IEnumerable<Measurement<long>> CountStates()
    {
        IReadOnlyList<Run> runs = _runs.List();
        return Enum.GetValues<RunState>().Select(state => new Measurement<long>(
            runs.Count(run => run.Snapshot.State == state), new KeyValuePair<string, object?>("state", TagNames.Of(state.ToString()))));
    }

    private IEnumerable<RunSnapshot> Shown()
    {
        DateTimeOffset oldest = _time.GetUtcNow() - Retention;
        return _runs.List().Select(run => run.Snapshot)
            .Where(run => run.Launched is not null && (!run.State.IsEnded() || run.Ended > oldest))
            .OrderBy(run => run.State.IsEnded())
            .Take(MaximumRuns);
    }

    private void Counter(string name, string unit, string description, Func<RunSnapshot, long> read) =>
        _meter.CreateObservableCounter(name, () => Shown().Select(run => new Measurement<long>(read(run), Tags(run))), unit, description);

    private void Value(string name, string? unit, string description, Func<RunSnapshot, double?> read) =>
        Gauge(name, unit, description, run => read(run) is { } value ? [new(value, Tags(run))] : []);

    private void Gauge(string name, string? unit, string description, Func<RunSnapshot, IEnumerable<Measurement<double>>> read) =>
        _meter.CreateObservableGauge(name, () => Shown().SelectMany(read), unit, description);

    private static KeyValuePair<string, object?>[] Tags(RunSnapshot run, params ReadOnlySpan<(string Key, string Value)> others)
    {
        var tags = new KeyValuePair<string, object?>[others.Length + 1];
        tags[0] = new("run", run.RunId);
        for (int i = 0; i < others.Length; i++) tags[i + 1] = new(others[i].Key, others[i].Value);
        return tags;
    }
}
