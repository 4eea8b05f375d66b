using Maml.Cluster.Shared.Models;
using Maml.Cluster.Worker.Learning;
using Maml.Cluster.Worker.Models;
using Maml.Cluster.Worker.Tasks;
using TorchSharp;

namespace Maml.Cluster.Worker.Probes;

/// <summary>
/// The meta-loss as a function of θ: the sum over tasks of the query loss after the inner steps. First derivatives only, so its
/// differences are an independent check of second ones.
/// </summary>
internal sealed class AdaptedLoss(IModel model, ILoss loss, ParameterLayout layout, double innerLearningRate)
{
    private readonly InnerLoop _inner = new(model, loss, innerLearningRate);

    /// <summary>The meta-loss at θ, in the precision of θ.</summary>
    /// <param name="theta">θ, flat.</param>
    /// <param name="tasks">The tasks, in the same precision.</param>
    /// <param name="innerSteps">Inner steps to take.</param>
    public double At(torch.Tensor theta, TaskBatch tasks, int innerSteps)
    {
        using var scope = torch.NewDisposeScope();
        IReadOnlyList<torch.Tensor> weights = [.. ParameterViews.ForTasks(ParameterViews.Leaves(theta, layout), tasks.Count)
            .Select(weight => weight.detach().requires_grad_())];
        for (int step = 0; step < innerSteps; step++) weights = _inner.DetachedStep(weights, tasks);
        using var noGradient = torch.no_grad();
        return loss.PerTask(model.Forward(weights, tasks.QueryX), tasks.QueryY).sum().to_type(torch.float64).cpu().item<double>();
    }

    /// <summary>How fast the meta-loss grows from θ along a direction, by a central difference.</summary>
    /// <param name="theta">θ, flat, float64.</param>
    /// <param name="direction">The direction, flat, float64.</param>
    /// <param name="tasks">The tasks, in float64.</param>
    /// <param name="innerSteps">Inner steps to take.</param>
    /// <param name="step">How far to go along the direction, either way.</param>
    public double SlopeAlong(torch.Tensor theta, torch.Tensor direction, TaskBatch tasks, int innerSteps, double step)
    {
        using var scope = torch.NewDisposeScope();
        double ahead = At(theta.add(direction, step), tasks, innerSteps);
        double behind = At(theta.add(direction, -step), tasks, innerSteps);
        return (ahead - behind) / (2 * step);
    }
}
