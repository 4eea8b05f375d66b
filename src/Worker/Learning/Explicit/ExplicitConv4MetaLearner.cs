using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Worker.Learning.Explicit.FirstBlocks;
using Maml.Cluster.Worker.Tasks;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit;

/// <summary>
/// MAML and first-order MAML for conv4 and cross-entropy, with every derivative written out. With v = ∇L_query(φ_S), the meta-gradient
/// is (I − α∇²L(φ₀)) ⋯ (I − α∇²L(φ_{S−1})) v (Finn et al. 2017, equation 1, differentiated), one Hessian-vector product an inner step:
/// no graph of a graph is built.
/// </summary>
internal sealed class ExplicitConv4MetaLearner(
    IConv4Engine engine, ILoss loss, Algorithm algorithm, SecondOrder secondOrder, double innerLearningRate) : IMetaLearner
{
    /// <inheritdoc/>
    public MetaGradient ComputeMetaGradient(
        Tensor theta, TaskBatch tasks, int innerSteps, bool wholeCurve = true, ComputeClock? clock = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(innerSteps, 1);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var recorder = new CurveRecorder(loss);
        ImageSet support = engine.Prepare(tasks.SupportX), query = engine.Prepare(tasks.QueryX);

        var trail = new Stack<InnerStep>();
        Tensor[] weights = engine.Weights.FromTheta(theta);
        for (int step = 1; step <= innerSteps; step++)
        {
            var inner = new InnerStep(engine, weights, support, tasks.SupportY);
            weights = inner.Take(innerLearningRate, keepPass: algorithm == Algorithm.Maml && secondOrder == SecondOrder.Unrolled);
            if (algorithm == Algorithm.Maml) trail.Push(inner);
            clock?.End(ComputePhase.InnerSteps);
            if (wholeCurve && step < innerSteps) Record(recorder, weights, query, tasks.QueryY);
            clock?.End(ComputePhase.Query);
        }

        Tensor[] gradient = QueryGradient(recorder, weights, query, tasks.QueryY, clock);
        gradient = WalkBack(trail, gradient);
        clock?.End(ComputePhase.MetaGradient);
        return new MetaGradient(scope.MoveToOuter(engine.Weights.ToTheta(gradient)), recorder.ToCurves());
    }

    /// <inheritdoc/>
    public AdaptationCurves ComputeCurves(Tensor theta, TaskBatch tasks, int innerSteps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(innerSteps);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var recorder = new CurveRecorder(loss);
        ImageSet support = engine.Prepare(tasks.SupportX), query = engine.Prepare(tasks.QueryX);
        Tensor[] weights = engine.Weights.FromTheta(theta);
        Record(recorder, weights, query, tasks.QueryY);
        for (int step = 1; step <= innerSteps; step++)
        {
            weights = new InnerStep(engine, weights, support, tasks.SupportY).Take(innerLearningRate, keepPass: false);
            Record(recorder, weights, query, tasks.QueryY);
        }

        return recorder.ToCurves();
    }

    /// <inheritdoc/>
    public Tensor ComputeOutputs(Tensor theta, TaskBatch tasks, int innerSteps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(innerSteps);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        ImageSet support = engine.Prepare(tasks.SupportX), query = engine.Prepare(tasks.QueryX);
        Tensor[] weights = engine.Weights.FromTheta(theta);
        for (int step = 1; step <= innerSteps; step++)
            weights = new InnerStep(engine, weights, support, tasks.SupportY).Take(innerLearningRate, keepPass: false);
        return scope.MoveToOuter(new Conv4Pass(engine, weights, query).Forward());
    }

    private Tensor[] QueryGradient(CurveRecorder recorder, Tensor[] weights, ImageSet query, Tensor labels, ComputeClock? clock)
    {
        using var scope = NewDisposeScope();
        var pass = new Conv4Pass(engine, weights, query);
        Tensor outputs = pass.Forward();
        recorder.Add(outputs, labels);
        clock?.End(ComputePhase.Query);
        return Array.ConvertAll(pass.Backward(outputs, labels), scope.MoveToOuter);
    }

    private Tensor[] WalkBack(Stack<InnerStep> trail, Tensor[] gradient)
    {
        while (trail.TryPop(out InnerStep? step))
        {
            using var scope = NewDisposeScope();

            // At φ₀ = θ every task's product is wanted only in the sum, and a sum of products is one larger product.
            bool isFirstStep = trail.Count == 0;
            Tensor[] products = step.HessianVectorProduct(gradient, sumOverTasks: isFirstStep);
            if (isFirstStep) gradient = SumOverTasks(gradient);
            for (int i = 0; i < gradient.Length; i++)
            {
                using Tensor after = gradient[i];
                gradient[i] = scope.MoveToOuter(after.add(products[i], -innerLearningRate));
            }

            if (isFirstStep) return gradient;
        }

        return SumOverTasks(gradient);
    }

    private void Record(CurveRecorder recorder, Tensor[] weights, ImageSet query, Tensor labels)
    {
        using var scope = NewDisposeScope();
        recorder.Add(new Conv4Pass(engine, weights, query).Forward(), labels);
    }

    private static Tensor[] SumOverTasks(Tensor[] perTask) => Array.ConvertAll(perTask, tensor => tensor.sum(0L));
}
