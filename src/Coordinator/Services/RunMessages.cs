using Google.Protobuf.WellKnownTypes;
using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.News;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Services;

/// <summary>Runs and evaluations as they cross the wire.</summary>
internal static class RunMessages
{
    /// <summary>A run.</summary>
    public static Protos.V1.Run ToMessage(RunSnapshot run)
    {
        var message = new Protos.V1.Run
        {
            RunId = run.RunId,
            Configuration = RunConfigurationMessages.ToMessage(run.Configuration),
            Preset = run.Preset,
            State = ToMessage(run.State),
            Iteration = (ulong)run.Iteration,
            Started = Timestamp.FromDateTimeOffset(run.Started),
            Fault = run.Fault,
            Directory = run.Directory,
            MetaParametersSha256 = run.MetaParametersSha256,
            StorageFault = run.StorageFault,
        };
        if (run.CheckpointIteration is { } checkpoint) message.CheckpointIteration = (ulong)checkpoint;
        if (run.Evaluation is { } evaluation) message.Evaluation = ToMessage(evaluation);
        if (run.InitialEvaluation is { } initial) message.InitialEvaluation = ToMessage(initial);
        return message;
    }

    /// <summary>News of a run.</summary>
    public static RunEvent ToMessage(RunNews news) => news switch
    {
        RunNews.Changed changed => new RunEvent { Run = ToMessage(changed.Run) },
        RunNews.Iterated iterated => new RunEvent { Iteration = ToMessage(iterated.Iteration) },
        RunNews.Evaluated { Evaluation: var evaluation } => new RunEvent
        {
            Evaluation = new EvaluationEvent { Iteration = (ulong)evaluation.Iteration, Result = ToMessage(evaluation) },
        },
        RunNews.Saved saved => new RunEvent { Checkpoint = new CheckpointEvent { Iteration = (ulong)saved.Iteration, Path = saved.Path } },
        _ => throw new ArgumentException($"News of type {news.GetType().Name} have no message.", nameof(news)),
    };

    /// <summary>An evaluation.</summary>
    public static EvaluationResult ToMessage(EvaluationSummary evaluation) => new()
    {
        Split = EvaluationSummary.Split,
        Tasks = (uint)evaluation.Tasks,
        Iteration = (ulong)evaluation.Iteration,
        Steps = { evaluation.Steps.Select(ToMessage) },
    };

    private static EvaluationStep ToMessage(StepSummary step)
    {
        var message = new EvaluationStep { Step = (uint)step.Step, Loss = step.Loss, LossCi95 = step.LossCi95 };
        if (step.Accuracy is { } accuracy) message.Accuracy = accuracy;
        if (step.AccuracyCi95 is { } accuracyCi95) message.AccuracyCi95 = accuracyCi95;
        return message;
    }

    private static IterationEvent ToMessage(IterationRecord iteration) => new()
    {
        Iteration = (ulong)iteration.Iteration,
        Seconds = iteration.Seconds,
        MetaLoss = iteration.MetaLoss,
        QueryLoss = { iteration.QueryLoss },
        QueryAccuracy = { iteration.QueryAccuracy },
        MetaGradientNorm = (float)iteration.MetaGradientNorm,
        LearningRate = iteration.LearningRate,
        TasksPerSecond = iteration.TasksPerSecond,
        Workers = (uint)iteration.Workers,
        Timings = TimingMessages.ToMessage(iteration.Timings),
    };

    private static Protos.V1.RunState ToMessage(Runs.RunState state) => state switch
    {
        Runs.RunState.Starting => Protos.V1.RunState.Starting,
        Runs.RunState.WaitingForWorkers => Protos.V1.RunState.WaitingForWorkers,
        Runs.RunState.Running => Protos.V1.RunState.Running,
        Runs.RunState.Completed => Protos.V1.RunState.Completed,
        Runs.RunState.Stopped => Protos.V1.RunState.Stopped,
        Runs.RunState.Failed => Protos.V1.RunState.Failed,
        Runs.RunState.Queued => Protos.V1.RunState.Queued,
        Runs.RunState.Paused => Protos.V1.RunState.Paused,
        Runs.RunState.Suspended or Runs.RunState.Moved => Protos.V1.RunState.Suspended,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "There is no such state."),
    };
}
