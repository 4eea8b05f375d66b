using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Worker.Models;
using Maml.Cluster.Worker.Tasks;
using TorchSharp;

namespace Maml.Cluster.Worker.Learning;

/// <summary>
/// MAML and first-order MAML for any model, by automatic differentiation (Finn et al. 2017, algorithm 2 and section 5.2).
/// For MAML the graph of every inner step is kept, so its memory grows with the number of inner steps.
/// </summary>
internal sealed class MetaLearner(IModel model, ILoss loss, ParameterLayout layout, Algorithm algorithm, double innerLearningRate)
    : IMetaLearner
{
    private readonly InnerLoop _inner = new(model, loss, innerLearningRate);

    /// <inheritdoc/>
    public MetaGradient ComputeMetaGradient(torch.Tensor theta, TaskBatch tasks, int innerSteps, ComputeClock? clock = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(innerSteps, 1);
        bool isSecondOrder = algorithm == Algorithm.Maml;
        torch.Tensor[] leaves = ParameterViews.Leaves(theta, layout);
        IReadOnlyList<torch.Tensor> adapted = isSecondOrder ? ParameterViews.ForTasks(leaves, tasks.Count) : DetachedStart(leaves, tasks.Count);
        using var recorder = new CurveRecorder(loss);
        for (int step = 1; step <= innerSteps; step++)
        {
            adapted = isSecondOrder ? _inner.DifferentiableStep(adapted, tasks) : _inner.DetachedStep(adapted, tasks);
            clock?.End(ComputePhase.InnerSteps);
            if (step < innerSteps) RecordQuery(recorder, adapted, tasks);
            clock?.End(ComputePhase.Query);
        }

        torch.Tensor outputs = model.Forward(adapted, tasks.QueryX);
        torch.Tensor losses = loss.PerTask(outputs, tasks.QueryY);
        recorder.Add(outputs, tasks.QueryY, losses);
        clock?.End(ComputePhase.Query);
        IList<torch.Tensor> gradients = torch.autograd.grad([losses.sum()], isSecondOrder ? leaves : [.. adapted]);
        torch.Tensor sum = ParameterViews.Flatten(gradients, perTask: !isSecondOrder);
        clock?.End(ComputePhase.MetaGradient);
        return new MetaGradient(sum, recorder.ToCurves());
    }

    /// <inheritdoc/>
    public AdaptationCurves ComputeCurves(torch.Tensor theta, TaskBatch tasks, int innerSteps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(innerSteps);
        IReadOnlyList<torch.Tensor> adapted = DetachedStart(ParameterViews.Leaves(theta, layout), tasks.Count);
        using var recorder = new CurveRecorder(loss);
        RecordQuery(recorder, adapted, tasks);
        for (int step = 1; step <= innerSteps; step++)
        {
            IReadOnlyList<torch.Tensor> before = adapted;
            adapted = _inner.DetachedStep(before, tasks);
            RecordQuery(recorder, adapted, tasks);
            foreach (torch.Tensor weight in before) weight.Dispose();
        }

        return recorder.ToCurves();
    }

    private static torch.Tensor[] DetachedStart(IReadOnlyList<torch.Tensor> leaves, long tasks) =>
        [.. ParameterViews.ForTasks(leaves, tasks).Select(weight => weight.detach().requires_grad_())];

    private void RecordQuery(CurveRecorder recorder, IReadOnlyList<torch.Tensor> weights, TaskBatch tasks)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        recorder.Add(model.Forward(weights, tasks.QueryX), tasks.QueryY);
    }
}
