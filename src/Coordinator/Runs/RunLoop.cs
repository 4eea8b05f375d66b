using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Runs;

/// <summary>Drives a run from its first evaluation to its summary.</summary>
internal sealed class RunLoop(
    Run run, RunContext context, RunRecorder recorder, RoundDispatcher dispatcher, CoordinatorOptions options, TimeProvider time, ILogger<RunLoop> logger)
{
    private readonly Evaluator _evaluator = new(dispatcher);
    private readonly RunConfiguration _configuration = context.Configuration;
    private long _lastEvaluated = -1;
    private long _lastSaved = -1;

    /// <summary>Runs to the end. Never throws: a fault becomes the run's state.</summary>
    public async Task RunAsync()
    {
        var trainer = new MetaTrainer(context, dispatcher);
        run.Parameters = trainer.Parameters;
        RunState end = RunState.Completed;
        string? fault = null;
        try
        {
            await TrainAsync(trainer);
        }
        catch (OperationCanceledException) when (run.StopRequested.IsCancellationRequested)
        {
            end = RunState.Stopped;
        }
        catch (Exception e)
        {
            end = RunState.Failed;
            fault = e is RoundFailedException or IOException or UnauthorizedAccessException ? e.Message : $"An internal error: {e.Message}";
            logger.Failed(e, run.RunId, trainer.Iteration, fault);
        }

        End(trainer, end, fault);
    }

    private async Task TrainAsync(MetaTrainer trainer)
    {
        // A stop lets the iteration at hand end, but not for ever; evaluations are given up at once.
        using var abandoned = new CancellationTokenSource();
        using CancellationTokenRegistration onStop = run.StopRequested.Register(() => abandoned.CancelAfter(options.StopGrace));

        await EvaluateAsync(trainer);
        while (trainer.Iteration < _configuration.Outer.Iterations)
        {
            run.StopRequested.ThrowIfCancellationRequested();
            long began = time.GetTimestamp();
            IterationOutcome outcome = await trainer.StepAsync(abandoned.Token);
            run.Parameters = trainer.Parameters;
            recorder.Add(trainer.Iteration, outcome, time.GetElapsedTime(began));
            if (IsDue(trainer.Iteration, _configuration.Checkpoints.Every)) Save(trainer);
            if (IsDue(trainer.Iteration, _configuration.Evaluation.Every)) await EvaluateAsync(trainer);
        }

        // Before the last evaluation, so that the work is safe if that is interrupted.
        Save(trainer);
        await EvaluateAsync(trainer);
    }

    private static bool IsDue(long iteration, long every) => every > 0 && iteration % every == 0;

    private async Task EvaluateAsync(MetaTrainer trainer)
    {
        if (_lastEvaluated == trainer.Iteration) return;
        EvaluationSummary evaluation = await _evaluator.EvaluateAsync(
            context, trainer.Parameters, trainer.Iteration, EvaluationPlan.Of(_configuration.Evaluation), progress: null, run.StopRequested);
        _lastEvaluated = trainer.Iteration;
        recorder.Add(evaluation);
        logger.Evaluated(run.RunId, trainer.Iteration, evaluation.Steps[0].Loss, evaluation.Steps[^1].Loss);
    }

    private void Save(MetaTrainer trainer)
    {
        if (_lastSaved == trainer.Iteration) return;
        string path = recorder.Save(trainer.CreateCheckpoint());
        _lastSaved = trainer.Iteration;
        logger.Saved(run.RunId, trainer.Iteration, path);
    }

    private void End(MetaTrainer trainer, RunState end, string? fault)
    {
        string hash = ParameterHash.Sha256(trainer.Theta);
        try
        {
            Save(trainer);
            recorder.Dispose();
            recorder.Summarise(end, fault, trainer.Iteration, hash);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.NotWritten(e, run.RunId, e.Message);
            end = RunState.Failed;
            fault ??= e.Message;
        }
        finally
        {
            recorder.Dispose();
        }

        dispatcher.Forget(run.RunId);
        logger.Ended(run.RunId, end, trainer.Iteration, hash);
        run.TryBecome(end, snapshot => snapshot with { Fault = fault ?? "", MetaParametersSha256 = hash });
    }
}
