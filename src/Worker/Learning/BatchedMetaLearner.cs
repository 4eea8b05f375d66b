using Maml.Cluster.Worker.Tasks;
using TorchSharp;

namespace Maml.Cluster.Worker.Learning;

/// <summary>
/// Hands a chunk to a meta-learner a few tasks at a time, and adds their sums in order. What is sent is then cut for the network, and
/// what is computed at once for the caches of a device.
/// </summary>
/// <param name="inner">Who computes.</param>
/// <param name="tasksAtOnce">Tasks at a time; 1 or more.</param>
internal sealed class BatchedMetaLearner(IMetaLearner inner, int tasksAtOnce) : IMetaLearner
{
    /// <inheritdoc/>
    public MetaGradient ComputeMetaGradient(
        torch.Tensor theta, TaskBatch tasks, int innerSteps, bool wholeCurve = true, ComputeClock? clock = null)
    {
        if (tasks.Count <= tasksAtOnce) return inner.ComputeMetaGradient(theta, tasks, innerSteps, wholeCurve, clock);
        using var scope = torch.NewDisposeScope();
        var curves = new List<AdaptationCurves>();
        torch.Tensor? sum = null;
        foreach (TaskBatch batch in Batches(tasks))
        {
            using var batchScope = torch.NewDisposeScope();
            MetaGradient part = inner.ComputeMetaGradient(theta, batch, innerSteps, wholeCurve, clock);
            curves.Add(part.Curves);
            sum = batchScope.MoveToOuter(sum is null ? part.Sum : sum.add_(part.Sum));
        }

        return new MetaGradient(scope.MoveToOuter(sum!), AdaptationCurves.Join(curves));
    }

    /// <inheritdoc/>
    public AdaptationCurves ComputeCurves(torch.Tensor theta, TaskBatch tasks, int innerSteps)
    {
        var curves = new List<AdaptationCurves>();
        foreach (TaskBatch batch in Batches(tasks))
        {
            using var scope = torch.NewDisposeScope();
            curves.Add(inner.ComputeCurves(theta, batch, innerSteps));
        }

        return AdaptationCurves.Join(curves);
    }

    /// <inheritdoc/>
    public torch.Tensor ComputeOutputs(torch.Tensor theta, TaskBatch tasks, int innerSteps)
    {
        if (tasks.Count <= tasksAtOnce) return inner.ComputeOutputs(theta, tasks, innerSteps);
        using var scope = torch.NewDisposeScope();
        torch.Tensor[] parts = [.. Batches(tasks).Select(batch => inner.ComputeOutputs(theta, batch, innerSteps))];
        return scope.MoveToOuter(torch.cat(parts, 0));
    }

    private IEnumerable<TaskBatch> Batches(TaskBatch tasks)
    {
        for (long first = 0; first < tasks.Count; first += tasksAtOnce) yield return tasks.Slice(first, Math.Min(tasksAtOnce, tasks.Count - first));
    }
}
