using Maml.Cluster.Worker.Models;
using Maml.Cluster.Worker.Tasks;
using TorchSharp;

namespace Maml.Cluster.Worker.Learning;

/// <summary>One gradient step on the support loss: φᵢ₊₁ = φᵢ − α ∇L_support(φᵢ) (Finn et al. 2017, equation 1).</summary>
internal sealed class InnerLoop(IModel model, ILoss loss, double learningRate)
{
    /// <summary>A step that the meta-gradient can be taken through: the result is a function of <paramref name="weights"/> in the graph.</summary>
    /// <param name="weights">φᵢ, [T, …shape], each part of a graph.</param>
    /// <param name="tasks">The chunk.</param>
    public torch.Tensor[] DifferentiableStep(IReadOnlyList<torch.Tensor> weights, TaskBatch tasks)
    {
        using var scope = torch.NewDisposeScope();
        IList<torch.Tensor> gradients = SupportGradient(weights, tasks, createGraph: true);
        return Update(weights, gradients, scope);
    }

    /// <summary>A step without history: the results are leaves of a new graph.</summary>
    /// <param name="weights">φᵢ, [T, …shape], leaves.</param>
    /// <param name="tasks">The chunk.</param>
    public torch.Tensor[] DetachedStep(IReadOnlyList<torch.Tensor> weights, TaskBatch tasks)
    {
        using var scope = torch.NewDisposeScope();
        IList<torch.Tensor> gradients = SupportGradient(weights, tasks, createGraph: false);
        using var noGradient = torch.no_grad();
        torch.Tensor[] updated = Update(weights, gradients, scope);
        foreach (torch.Tensor weight in updated) weight.requires_grad_();
        return updated;
    }

    /// <summary>The gradient before a step from the one after it: (I − α∇²L(φᵢ)) v, by building the step's graph again.</summary>
    /// <param name="weights">φᵢ, [T, …shape], leaves.</param>
    /// <param name="gradients">v, the gradient at φᵢ₊₁, [T, …shape].</param>
    /// <param name="tasks">The chunk.</param>
    public torch.Tensor[] StepBack(IReadOnlyList<torch.Tensor> weights, IList<torch.Tensor> gradients, TaskBatch tasks)
    {
        using var scope = torch.NewDisposeScope();
        IList<torch.Tensor> support = SupportGradient(weights, tasks, createGraph: true);
        IList<torch.Tensor> products = torch.autograd.grad(support, [.. weights], gradients);
        using var noGradient = torch.no_grad();
        return Update([.. gradients], products, scope);
    }

    private IList<torch.Tensor> SupportGradient(IReadOnlyList<torch.Tensor> weights, TaskBatch tasks, bool createGraph)
    {
        torch.Tensor outputs = model.Forward(weights, tasks.SupportX);
        torch.Tensor sum = loss.PerTask(outputs, tasks.SupportY).sum();
        return torch.autograd.grad([sum], [.. weights], retain_graph: createGraph, create_graph: createGraph);
    }

    private torch.Tensor[] Update(IReadOnlyList<torch.Tensor> weights, IList<torch.Tensor> gradients, DisposeScope scope)
    {
        var updated = new torch.Tensor[weights.Count];
        for (int i = 0; i < updated.Length; i++) updated[i] = scope.MoveToOuter(weights[i].add(gradients[i], -learningRate));
        return updated;
    }
}
