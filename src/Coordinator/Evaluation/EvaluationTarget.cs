using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Evaluation;

/// <summary>θ to be evaluated, and the configuration that it belongs to.</summary>
/// <param name="Name">The run that it is from.</param>
/// <param name="Configuration">The run's configuration.</param>
/// <param name="Parameters">θ.</param>
/// <param name="Iteration">Iterations of training before it.</param>
/// <param name="DataSetHash">Content hash of the data set that it was trained on; empty where that is not known or there is none.</param>
internal sealed record EvaluationTarget(
    string Name, RunConfiguration Configuration, ReadOnlyMemory<float> Parameters, long Iteration, string DataSetHash);
