using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Worker.Models;
using Maml.Cluster.Worker.Tasks;
using TorchSharp;

namespace Maml.Cluster.Worker.Learning;

/// <summary>
/// MAML and first-order MAML for any model, by automatic differentiation (Finn et al. 2017, algorithm 2 and section 5.2).
/// For MAML either the graph of every inner step is kept, or each step's is built again on the way back.
/// </summary>
internal sealed class MetaLearner(
    IModel model, ILoss loss, ParameterLayout layout, Algorithm algorithm, SecondOrder secondOrder, double innerLearningRate) : IMetaLearner
{
    private readonly InnerLoop _inner = new(model, loss, innerLearningRate);

    private bool IsUnrolled => algorithm == Algorithm.Maml && secondOrder == SecondOrder.Unrolled;

    /// <inheritdoc/>
    public MetaGradient ComputeMetaGradient(
        torch.Tensor theta, TaskBatch tasks, int innerSteps, bool wholeCurve = true, ComputeClock? clock = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(innerSteps, 1);
        torch.Tensor[] leaves = ParameterViews.Leaves(theta, layout);
        IReadOnlyList<torch.Tensor> adapted = IsUnrolled ? ParameterViews.ForTasks(leaves, tasks.Count) : DetachedStart(leaves, tasks.Count);
        var trail = new Stack<IReadOnlyList<torch.Tensor>>();
        using var recorder = new CurveRecorder(loss);
        for (int step = 1; step <= innerSteps; step++)
        {
            trail.Push(adapted);
            adapted = IsUnrolled ? _inner.DifferentiableStep(adapted, tasks) : _inner.DetachedStep(adapted, tasks);
            clock?.End(ComputePhase.InnerSteps);
            if (wholeCurve && step < innerSteps) RecordQuery(recorder, adapted, tasks);
            clock?.End(ComputePhase.Query);
        }

        torch.Tensor outputs = model.Forward(adapted, tasks.QueryX);
        torch.Tensor losses = loss.PerTask(outputs, tasks.QueryY);
        recorder.Add(outputs, tasks.QueryY, losses);
        clock?.End(ComputePhase.Query);
        IList<torch.Tensor> gradients = torch.autograd.grad([losses.sum()], IsUnrolled ? leaves : [.. adapted]);
        if (algorithm == Algorithm.Maml && !IsUnrolled) gradients = WalkBack(trail, gradients, tasks);
        torch.Tensor sum = ParameterViews.Flatten(gradients, perTask: !IsUnrolled);
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

    /// <inheritdoc/>
    public torch.Tensor ComputeOutputs(torch.Tensor theta, TaskBatch tasks, int innerSteps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(innerSteps);
        IReadOnlyList<torch.Tensor> adapted = DetachedStart(ParameterViews.Leaves(theta, layout), tasks.Count);
        for (int step = 1; step <= innerSteps; step++)
        {
            IReadOnlyList<torch.Tensor> before = adapted;
            adapted = _inner.DetachedStep(before, tasks);
            foreach (torch.Tensor weight in before) weight.Dispose();
        }

        using var noGradient = torch.no_grad();
        return model.Forward(adapted, tasks.QueryX);
    }

    private static torch.Tensor[] DetachedStart(IReadOnlyList<torch.Tensor> leaves, long tasks) =>
        [.. ParameterViews.ForTasks(leaves, tasks).Select(weight => weight.detach().requires_grad_())];

    private IList<torch.Tensor> WalkBack(Stack<IReadOnlyList<torch.Tensor>> trail, IList<torch.Tensor> gradients, TaskBatch tasks)
    {
        while (trail.TryPop(out IReadOnlyList<torch.Tensor>? weights))
        {
            IList<torch.Tensor> after = gradients;
            gradients = _inner.StepBack(weights, after, tasks);
            foreach (torch.Tensor tensor in after) tensor.Dispose();
        }

        return gradients;
    }

    private void RecordQuery(CurveRecorder recorder, IReadOnlyList<torch.Tensor> weights, TaskBatch tasks)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        recorder.Add(model.Forward(weights, tasks.QueryX), tasks.QueryY);
    }
}
