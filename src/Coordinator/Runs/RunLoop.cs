using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Runs.Admission;
using Maml.Cluster.Coordinator.Runs.Storage;
using Maml.Cluster.Coordinator.Runs.Training;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Runs;

/// <summary>Drives a run from its first evaluation, or from a checkpoint, to its summary.</summary>
internal sealed class RunLoop(
    Run run, RunContext context, RunPlace place, RunRecorder recorder, RunCheckpoints checkpoints, RoundDispatcher dispatcher,
    CoordinatorOptions options, TimeProvider time, ILogger<RunLoop> logger)
{
    private readonly Evaluator _evaluator = new(dispatcher);
    private readonly RunConfiguration _configuration = context.Configuration;

    /// <summary>Runs to the end. Never throws: a fault becomes the run's state.</summary>
    /// <param name="origin">Where to go on; null to start from the beginning.</param>
    public async Task RunAsync(Checkpoint? origin)
    {
        var trainer = new MetaTrainer(context, dispatcher, origin);
        if (origin is not null) checkpoints.Assume(origin.Iteration);
        run.Parameters = trainer.Parameters;
        RunState end = RunState.Completed;
        string fault = "";
        try
        {
            await TrainAsync(trainer);
        }
        catch (OperationCanceledException) when (run.Control.Ending.IsCancellationRequested)
        {
            end = run.Control.End ?? RunState.Stopped;
        }
        catch (Exception e)
        {
            end = RunState.Failed;
            fault = e is RoundFailedException ? e.Message : $"An internal error: {e.Message}";
            logger.Failed(e, run.RunId, trainer.Iteration, fault);
        }

        await EndAsync(trainer, end, fault);
    }

    private async Task TrainAsync(MetaTrainer trainer)
    {
        if (trainer.Iteration == 0 || IsEvaluationDue(trainer.Iteration)) await EvaluateAsync(trainer);
        while (trainer.Iteration < _configuration.Outer.Iterations)
        {
            // A pause or a stop lets the iteration at hand end, but does not wait for ever.
            await WorkAsync(trainer, options.StopGrace, async token =>
            {
                long began = time.GetTimestamp();
                IterationOutcome outcome = await trainer.StepAsync(token);
                run.Parameters = trainer.Parameters;
                recorder.Add(trainer.Iteration, outcome, time.GetElapsedTime(began));
            });
            checkpoints.SaveIfDue(trainer.Iteration, () => CreateCheckpoint(trainer));
            if (IsEvaluationDue(trainer.Iteration)) await EvaluateAsync(trainer);
        }

        // Before the last evaluation, so that the work is safe if that is interrupted.
        await checkpoints.SaveAsync(trainer.Iteration, () => CreateCheckpoint(trainer), run.Control.Ending);
        await EvaluateAsync(trainer);
    }

    private bool IsEvaluationDue(long iteration) => _configuration.Evaluation.Every > 0 && iteration % _configuration.Evaluation.Every == 0;

    // Evaluations are given up at once for a pause or a stop: they change nothing, and are made again.
    private async Task EvaluateAsync(MetaTrainer trainer)
    {
        if (run.Snapshot.Evaluation?.Iteration == trainer.Iteration) return;
        await WorkAsync(trainer, TimeSpan.Zero, async token =>
        {
            EvaluationSummary evaluation = await _evaluator.EvaluateAsync(
                context, trainer.Parameters, trainer.Iteration, EvaluationPlan.Of(_configuration.Evaluation), progress: null, token);
            recorder.Add(evaluation);
            logger.Evaluated(run.RunId, trainer.Iteration, evaluation.Steps[0].Loss, evaluation.Steps[^1].Loss);
        });
    }

    // Does a piece of work, and does it again when a pause came between.
    private async Task WorkAsync(MetaTrainer trainer, TimeSpan grace, Func<CancellationToken, Task> work)
    {
        while (true)
        {
            if (run.Control.IsPauseRequested) checkpoints.Save(trainer.Iteration, () => CreateCheckpoint(trainer));
            await place.HoldAsync();
            using RunInterruption interruption = run.Control.BeginWork(grace);
            try
            {
                await work(interruption.Token);
                return;
            }
            catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested && !run.Control.Ending.IsCancellationRequested)
            {
                // Paused; θ is as before.
            }
        }
    }

    private Checkpoint CreateCheckpoint(MetaTrainer trainer) => recorder.Complete(trainer.CreateCheckpoint());

    private async Task EndAsync(MetaTrainer trainer, RunState end, string fault)
    {
        string hash = ParameterHash.Sha256(trainer.Theta);
        bool isSaved = checkpoints.Save(trainer.Iteration, () => CreateCheckpoint(trainer));
        RunSnapshot ended = run.Snapshot with { State = end, Iteration = trainer.Iteration, Fault = fault, MetaParametersSha256 = hash };
        bool isKept = await recorder.EndAsync(ended, run.Control.Ending);
        if (end != RunState.Suspended && !(isSaved && isKept))
        {
            end = RunState.Failed;
            if (fault.Length == 0) fault = $"Its last files could not be written. {run.Snapshot.StorageFault}";
        }

        place.Dispose();
        dispatcher.Forget(run.RunId);
        logger.Ended(run.RunId, end, trainer.Iteration, hash);
        run.TryBecome(end, snapshot => snapshot with { Fault = fault, MetaParametersSha256 = hash });
    }
}
