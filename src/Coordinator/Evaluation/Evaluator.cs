using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Parameters;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.Training;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Coordinator.Evaluation;

/// <summary>Evaluates θ on held-out tasks, through the same chunks and workers as training.</summary>
internal sealed class Evaluator(RoundDispatcher dispatcher)
{
    /// <summary>Makes an evaluation. The tasks are the same whenever the run's seed and the plan are.</summary>
    /// <param name="run">The run.</param>
    /// <param name="parameters">θ.</param>
    /// <param name="iteration">Iterations of training before it; for the summary only.</param>
    /// <param name="plan">How.</param>
    /// <param name="progress">Told the number of tasks done.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    /// <exception cref="RoundFailedException">No worker could compute a chunk.</exception>
    public async Task<EvaluationSummary> EvaluateAsync(
        RunContext run, ParametersVersion parameters, long iteration, EvaluationPlan plan, Action<int>? progress, CancellationToken cancellationToken)
    {
        int chunkTasks = EvaluationChunks.TasksPerChunk(run.Configuration.Tasks, plan.Query);
        var work = new RoundWork
        {
            Run = run,
            Parameters = parameters,
            Iteration = 0,
            Purpose = ChunkPurpose.Adaptation,
            InnerSteps = plan.InnerSteps,
            Query = plan.Query,
            Group = run.Configuration.Chunk.Group,
            Chunks = MetaBatch.Sample(run, TaskSplit.Test, iteration: 0, plan.Tasks, plan.Query, chunkTasks),
        };

        var curves = new TaskCurve[plan.Tasks];
        int done = 0;
        using Round round = dispatcher.Start(work);
        await foreach (ChunkOutcome outcome in round.ReadAllAsync(cancellationToken))
        {
            for (int i = 0; i < outcome.Curves.Count; i++) curves[(outcome.Chunk * chunkTasks) + i] = outcome.Curves[i];
            done += outcome.Curves.Count;
            progress?.Invoke(done);
        }

        return EvaluationAggregator.Aggregate(iteration, curves);
    }
}
