using System.Numerics.Tensors;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Evaluation;
using Maml.Cluster.Coordinator.Parameters;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Tasks;

namespace Maml.Cluster.Coordinator.Adaptation;

/// <summary>Adapts θ to tasks that clients bring along, through the same chunks and workers as training.</summary>
internal sealed class Adapter(RoundDispatcher dispatcher)
{
    private int _lastNumber;

    /// <summary>Adapts θ to one task, and applies it to the query examples.</summary>
    /// <param name="target">θ and its configuration.</param>
    /// <param name="task">The task.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    /// <exception cref="RoundFailedException">No worker could compute it.</exception>
    /// <exception cref="AdaptationException">The adapted model gives no numbers.</exception>
    public async Task<IReadOnlyList<Prediction>> AdaptAsync(EvaluationTarget target, AdaptationTask task, CancellationToken cancellationToken)
    {
        // Towards the workers a run of its own, as an evaluation is. Nothing is drawn, so no data set is needed.
        string runId = $"{target.Name}/adaptation-{Interlocked.Increment(ref _lastNumber)}";
        var context = new RunContext(runId, target.Configuration, new NothingToSample(), images: null);
        var work = new RoundWork
        {
            Run = context,
            Parameters = ParametersVersion.Create(runId, version: 1, target.Parameters.Span),
            Iteration = 0,
            Purpose = ChunkPurpose.Prediction,
            InnerSteps = task.InnerSteps,
            Query = target.Configuration.Tasks.Query,
            Chunks = [new Chunk(0, [TaskMessages.ToMessage(task.Examples)])],
        };
        try
        {
            float[] outputs = await ComputeAsync(work, cancellationToken);
            if (!TensorPrimitives.IsFiniteAll<float>(outputs))
                throw new AdaptationException($"After {task.InnerSteps} inner steps the model gives values that are not finite. Take fewer inner steps, or check the support set.");
            return Answers.From(outputs, TaskShape.Of(target.Configuration.Tasks).Outputs, task.Labels);
        }
        finally
        {
            dispatcher.Forget(runId);
        }
    }

    private async Task<float[]> ComputeAsync(RoundWork work, CancellationToken cancellationToken)
    {
        using Round round = dispatcher.Start(work);
        await foreach (ChunkOutcome outcome in round.ReadAllAsync(cancellationToken)) return [.. outcome.Outputs[0]];
        throw new InvalidOperationException("A round of one chunk ended without it.");
    }
}
