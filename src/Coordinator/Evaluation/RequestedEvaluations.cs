using Maml.Cluster.Coordinator.DataSets;
using Maml.Cluster.Coordinator.Dispatch;
using Maml.Cluster.Coordinator.Parameters;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Coordinator.Evaluation;

/// <summary>Evaluations that a client asks for.</summary>
internal sealed class RequestedEvaluations(RoundDispatcher dispatcher, DataSetProvider dataSets)
{
    private readonly Evaluator _evaluator = new(dispatcher);
    private int _lastNumber;

    /// <summary>Makes an evaluation.</summary>
    /// <param name="target">θ and its configuration.</param>
    /// <param name="plan">How.</param>
    /// <param name="progress">Told the number of tasks done.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    /// <exception cref="Shared.Data.DataSetException">The data are not there, or do not fit.</exception>
    /// <exception cref="RoundFailedException">No worker could compute a chunk.</exception>
    public async Task<EvaluationSummary> EvaluateAsync(
        EvaluationTarget target, EvaluationPlan plan, Action<int> progress, CancellationToken cancellationToken)
    {
        RunConfiguration configuration = target.Configuration;
        ImageDataSet? images = await dataSets.OpenAsync(configuration.Tasks, target.DataSetHash, cancellationToken);

        // Towards the workers a run of its own: the run that θ is from may be training, and they keep one θ for each run.
        string runId = $"{target.Name}/evaluation-{Interlocked.Increment(ref _lastNumber)}";
        var context = new RunContext(runId, configuration, DataSetProvider.CreateSampler(configuration.Tasks, images), images);
        ParametersVersion parameters = ParametersVersion.Create(runId, version: 1, target.Parameters.Span);
        try
        {
            return await _evaluator.EvaluateAsync(context, parameters, target.Iteration, plan, progress, cancellationToken);
        }
        finally
        {
            dispatcher.Forget(runId);
        }
    }
}
