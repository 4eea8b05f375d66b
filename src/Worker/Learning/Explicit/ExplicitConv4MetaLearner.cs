using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Worker.Tasks;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit;

/// <summary>
/// MAML and first-order MAML for conv4 with stride and cross-entropy, with every derivative written out. With
/// v = ∇L_query(φ_S), the meta-gradient is (I − α∇²L(φ₀)) ⋯ (I − α∇²L(φ_{S−1})) v (Finn et al. 2017, equation 1,
/// differentiated), one Hessian-vector product an inner step: no graph of a graph is built.
/// </summary>
internal sealed class ExplicitConv4MetaLearner(ILoss loss, ParameterLayout layout, Algorithm algorithm, double innerLearningRate)
    : IMetaLearner
{
    /// <summary>Whether this learner computes what a configuration asks for.</summary>
    public static bool Supports(RunConfiguration configuration) =>
        configuration.Model is { Kind: ModelKind.Conv4, Downsample: Downsample.Stride } && configuration.Loss == Loss.CrossEntropy;

    /// <inheritdoc/>
    public MetaGradient ComputeMetaGradient(Tensor theta, TaskBatch tasks, int innerSteps, ComputeClock? clock = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(innerSteps, 1);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var recorder = new CurveRecorder(loss);
        PatchSet support = PatchSet.Create(tasks.SupportX), query = PatchSet.Create(tasks.QueryX);

        var trail = new Stack<Conv4Pass>();
        Tensor[] weights = Conv4Weights.FromTheta(theta, layout);
        for (int step = 1; step <= innerSteps; step++)
        {
            var pass = new Conv4Pass(weights, support);
            weights = Step(pass, weights, tasks.SupportY);
            if (algorithm == Algorithm.Maml) trail.Push(pass);
            clock?.End(ComputePhase.InnerSteps);
            if (step < innerSteps) Record(recorder, weights, query, tasks.QueryY);
            clock?.End(ComputePhase.Query);
        }

        var adapted = new Conv4Pass(weights, query);
        Tensor outputs = adapted.Forward();
        recorder.Add(outputs, tasks.QueryY);
        clock?.End(ComputePhase.Query);
        Tensor[] gradient = WalkBack(trail, adapted.Backward(outputs, tasks.QueryY));
        clock?.End(ComputePhase.MetaGradient);
        return new MetaGradient(scope.MoveToOuter(Conv4Weights.ToTheta(gradient, layout)), recorder.ToCurves());
    }

    /// <inheritdoc/>
    public AdaptationCurves ComputeCurves(Tensor theta, TaskBatch tasks, int innerSteps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(innerSteps);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var recorder = new CurveRecorder(loss);
        PatchSet support = PatchSet.Create(tasks.SupportX), query = PatchSet.Create(tasks.QueryX);
        Tensor[] weights = Conv4Weights.FromTheta(theta, layout);
        Record(recorder, weights, query, tasks.QueryY);
        for (int step = 1; step <= innerSteps; step++)
        {
            using var stepScope = NewDisposeScope();
            weights = Step(new Conv4Pass(weights, support), weights, tasks.SupportY);
            foreach (Tensor weight in weights) stepScope.MoveToOuter(weight);
            Record(recorder, weights, query, tasks.QueryY);
        }

        return recorder.ToCurves();
    }

    private Tensor[] Step(Conv4Pass pass, Tensor[] weights, Tensor labels)
    {
        Tensor[] gradients = pass.Backward(pass.Forward(), labels);
        var updated = new Tensor[weights.Length];
        for (int i = 0; i < updated.Length; i++) updated[i] = weights[i].add(gradients[i], -innerLearningRate);
        return updated;
    }

    private Tensor[] WalkBack(Stack<Conv4Pass> trail, Tensor[] gradient)
    {
        while (trail.TryPop(out Conv4Pass? pass))
        {
            // At φ₀ = θ every task's product is wanted only in the sum, and a sum of products is one larger product.
            bool isFirstStep = trail.Count == 0;
            Tensor[] products = pass.HessianVectorProduct(gradient, sumOverTasks: isFirstStep);
            if (isFirstStep) gradient = SumOverTasks(gradient);
            for (int i = 0; i < gradient.Length; i++) gradient[i] = gradient[i].add(products[i], -innerLearningRate);
            if (isFirstStep) return gradient;
        }

        return SumOverTasks(gradient);
    }

    private static void Record(CurveRecorder recorder, Tensor[] weights, PatchSet query, Tensor labels)
    {
        using var scope = NewDisposeScope();
        recorder.Add(new Conv4Pass(weights, query).Forward(), labels);
    }

    private static Tensor[] SumOverTasks(Tensor[] perTask) => Array.ConvertAll(perTask, tensor => tensor.sum(0L));
}
