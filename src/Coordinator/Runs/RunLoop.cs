using System.Diagnostics;
using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Runs.Admission;
using Maml.Cluster.Coordinator.Runs.Storage;
using Maml.Cluster.Coordinator.Runs.Training;
using Maml.Cluster.Coordinator.Telemetry;
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
        MetaTrainer? trainer = null;
        RunState end = RunState.Completed;
        string fault = "";
        try
        {
            // Before the trainer: a run that waits for its place has no need of vectors.
            await place.HoldAsync(save: () => { });
            trainer = new MetaTrainer(context, dispatcher, time, origin);
            if (origin is not null) checkpoints.Assume(origin.Iteration);

            // It has been copied, and would be held for as long as the run lives.
            origin = null;
            run.Parameters = trainer.Parameters;
            await TrainAsync(trainer);
        }
        catch (OperationCanceledException) when (run.Control.Ending.IsCancellationRequested)
        {
            end = run.Control.End ?? RunState.Stopped;
        }
        catch (Exception e)
        {
            (end, fault) = (RunState.Failed, Explain(e));
        }

        await OwnThread.Take();
        await EndAsync(trainer, end, fault);
    }

    private async Task TrainAsync(MetaTrainer trainer)
    {
        if (trainer.Iteration == 0 || IsEvaluationDue(trainer.Iteration)) await EvaluateAsync(trainer);
        while (trainer.Iteration < _configuration.Outer.Iterations)
        {
            using Activity? span = CoordinatorTracing.StartIteration(run.RunId, trainer.Iteration);

            // A pause or a stop lets the iteration at hand end, but does not wait for ever.
            await WorkAsync(trainer, options.StopGrace, async token =>
            {
                long began = time.GetTimestamp();
                IterationOutcome outcome = await trainer.StepAsync(token);
                run.Parameters = trainer.Parameters;
                recorder.Add(trainer.Iteration, outcome, time.GetElapsedTime(began));
            });
            if (!IsNextIterationDue(trainer)) await OwnThread.Take();
            checkpoints.SaveIfDue(trainer.Iteration, () => CreateCheckpoint(trainer));
            recorder.KeepOwedState();
            span?.Stop();
            if (IsEvaluationDue(trainer.Iteration)) await EvaluateAsync(trainer);
        }

        // Before the last evaluation, so that the work is safe if that is interrupted.
        if (!await checkpoints.SaveAsync(trainer.Iteration, () => CreateCheckpoint(trainer), run.Control.Ending))
            run.Control.Ending.ThrowIfCancellationRequested();
        await EvaluateAsync(trainer);
    }

    // Whether nothing comes between that takes long.
    private bool IsNextIterationDue(MetaTrainer trainer) =>
        trainer.Iteration < _configuration.Outer.Iterations
        && !checkpoints.IsDue(trainer.Iteration)
        && !IsEvaluationDue(trainer.Iteration)
        && !recorder.IsStateOwed;

    private bool IsEvaluationDue(long iteration) => _configuration.Evaluation.Every > 0 && iteration % _configuration.Evaluation.Every == 0;

    // Evaluations are given up at once for a pause or a stop: they change nothing, and are made again.
    private async Task EvaluateAsync(MetaTrainer trainer)
    {
        if (run.Snapshot.Evaluation?.Iteration == trainer.Iteration) return;
        await WorkAsync(trainer, TimeSpan.Zero, async token =>
        {
            using Activity? span = CoordinatorTracing.StartEvaluation(run.RunId, trainer.Iteration);
            long began = time.GetTimestamp();
            EvaluationSummary evaluation = await _evaluator.EvaluateAsync(
                context, trainer.Parameters, trainer.Iteration, EvaluationPlan.Of(_configuration.Evaluation), progress: null, token);
            recorder.Add(evaluation, time.GetElapsedTime(began));
            logger.Evaluated(run.RunId, trainer.Iteration, evaluation.Steps[0].Loss, evaluation.Steps[^1].Loss);
        });
    }

    // Does a piece of work, and does it again when a pause came between.
    private async Task WorkAsync(MetaTrainer trainer, TimeSpan grace, Func<CancellationToken, Task> work)
    {
        while (true)
        {
            await place.HoldAsync(save: () => checkpoints.Save(trainer.Iteration, () => CreateCheckpoint(trainer)));
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

    private string Explain(Exception fault)
    {
        string message = fault is RoundFailedException ? fault.Message : $"An internal error: {fault.Message}";
        logger.Failed(fault, run.RunId, run.Snapshot.Iteration, message);
        return message;
    }

    private async Task EndAsync(MetaTrainer? trainer, RunState end, string fault)
    {
        string hash = trainer is null || end == RunState.Moved ? "" : ParameterHash.Sha256(trainer.Theta);
        try
        {
            bool isSaved = trainer is null || end == RunState.Moved
                || await checkpoints.SaveAsync(trainer.Iteration, () => CreateCheckpoint(trainer), run.Control.Ending);
            (end, fault) = WithFiles(isSaved, end, fault);
            bool isKept = end == RunState.Moved || await recorder.EndAsync(
                run.Snapshot with { State = end, Fault = fault, MetaParametersSha256 = hash }, run.Control.Ending);
            (end, fault) = WithFiles(isKept, end, fault);
        }
        catch (Exception e)
        {
            (end, fault) = (RunState.Failed, Explain(e));
        }

        // Also where that was found only now.
        if (recorder.IsLost || run.Control.End == RunState.Moved) (end, fault) = (RunState.Moved, "");

        // The folder before the state: who is told of the end may go on with the run at once.
        await recorder.DisposeAsync();
        place.Dispose();
        dispatcher.Forget(run.RunId);
        LetGo(trainer);
        logger.Ended(run.RunId, end, run.Snapshot.Iteration, hash);
        run.TryBecome(end, snapshot => snapshot with { Fault = fault, MetaParametersSha256 = hash, Ended = time.GetUtcNow() });
    }

    // What others want of θ from now on its checkpoint has. A coordinator lives for many runs: memory that workers share with it is precious.
    private void LetGo(MetaTrainer? trainer)
    {
        run.Parameters = null;
        trainer?.Dispose();
        context.Handover?.Trim();
    }

    private (RunState End, string Fault) WithFiles(bool areWritten, RunState end, string fault) =>
        areWritten || end.GoesOn()
            ? (end, fault)
            : (RunState.Failed, fault.Length > 0 ? fault : $"Its last files could not be written. {run.Snapshot.StorageFault}");
}
