using Maml.Cluster.Worker.Tasks;
using TorchSharp;

namespace Maml.Cluster.Worker.Learning;

/// <summary>
/// Adapts θ to the tasks of a chunk and measures how well that went. Pure: the same θ and tasks give the same numbers.
/// Works in the precision of θ, which must be that of the tasks. Tensors belong to the caller's dispose scope.
/// </summary>
internal interface IMetaLearner
{
    /// <summary>Sum over the tasks of the meta-gradient.</summary>
    /// <param name="theta">θ, flat.</param>
    /// <param name="tasks">The chunk.</param>
    /// <param name="innerSteps">Inner steps S; 1 or more.</param>
    /// <param name="wholeCurve">Whether the query set is measured after each of 1…S inner steps, and not only after the last.</param>
    /// <param name="clock">Told at the end of each phase; null when nobody wants to know.</param>
    MetaGradient ComputeMetaGradient(
        torch.Tensor theta, TaskBatch tasks, int innerSteps, bool wholeCurve = true, ComputeClock? clock = null);

    /// <summary>Query loss and accuracy after 0…<paramref name="innerSteps"/> inner steps; no second-order graph is built.</summary>
    /// <param name="theta">θ, flat.</param>
    /// <param name="tasks">The chunk.</param>
    /// <param name="innerSteps">Inner steps S′; 0 or more.</param>
    AdaptationCurves ComputeCurves(torch.Tensor theta, TaskBatch tasks, int innerSteps);

    /// <summary>What the model gives for the query set after <paramref name="innerSteps"/> inner steps; query labels are not looked at.</summary>
    /// <param name="theta">θ, flat.</param>
    /// <param name="tasks">The chunk.</param>
    /// <param name="innerSteps">Inner steps S′; 0 or more.</param>
    /// <returns>[T, M, outputs].</returns>
    torch.Tensor ComputeOutputs(torch.Tensor theta, TaskBatch tasks, int innerSteps);
}
