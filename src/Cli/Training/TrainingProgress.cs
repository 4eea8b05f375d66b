using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Training;

/// <summary>A run as far as its events have told: each event gives a new value.</summary>
internal sealed record TrainingProgress
{
    /// <summary>Before the first event.</summary>
    public static TrainingProgress Unknown { get; } = new();

    /// <summary>The run at its newest change of state.</summary>
    public Run Run { get; private init; } = new();

    /// <summary>The newest iteration; null before the first.</summary>
    public IterationEvent? Iteration { get; private init; }

    /// <summary>The evaluation before meta-training.</summary>
    public EvaluationResult? Before { get; private init; }

    /// <summary>The newest evaluation since.</summary>
    public EvaluationResult? After { get; private init; }

    /// <summary>File of the newest checkpoint; empty before the first.</summary>
    public string Checkpoint { get; private init; } = "";

    /// <summary>Whether no more events can come.</summary>
    public bool HasEnded => Run.State is RunState.Completed or RunState.Stopped or RunState.Failed or RunState.Suspended;

    /// <summary>Iterations done, in [0, 1] of all.</summary>
    public double Share => Run.Configuration is { Outer.Iterations: > 0 } configuration ? (double)IterationsDone / configuration.Outer.Iterations : 0;

    /// <summary>Iterations done.</summary>
    public ulong IterationsDone => Math.Max(Iteration?.Iteration ?? 0, Run.Iteration);

    /// <summary>Time that the remaining iterations will take at the present rate; null while there is none.</summary>
    public TimeSpan? Remaining =>
        Iteration is { TasksPerSecond: > 0 } iteration && Run.Configuration is { } configuration
            ? TimeSpan.FromSeconds((configuration.Outer.Iterations - iteration.Iteration) * configuration.Outer.TasksPerIteration / iteration.TasksPerSecond)
            : null;

    /// <summary>This value with one more event.</summary>
    public TrainingProgress With(RunEvent next) => next.EventCase switch
    {
        RunEvent.EventOneofCase.Run => this with
        {
            Run = next.Run,
            Before = next.Run.InitialEvaluation ?? Before,
            After = next.Run.Evaluation is { Iteration: > 0 } newest ? newest : After,
        },
        RunEvent.EventOneofCase.Iteration => this with { Iteration = next.Iteration },
        RunEvent.EventOneofCase.Evaluation when next.Evaluation.Iteration == 0 => this with { Before = next.Evaluation.Result },
        RunEvent.EventOneofCase.Evaluation => this with { After = next.Evaluation.Result },
        RunEvent.EventOneofCase.Checkpoint => this with { Checkpoint = next.Checkpoint.Path },
        _ => this,
    };
}
