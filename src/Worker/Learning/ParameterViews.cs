using Maml.Cluster.Shared.Models;
using TorchSharp;

namespace Maml.Cluster.Worker.Learning;

/// <summary>Looks at flat θ as the named tensors of a model. Views only: nothing is copied.</summary>
internal static class ParameterViews
{
    /// <summary>One leaf of the graph for each parameter, […shape], over the memory of <paramref name="theta"/>.</summary>
    /// <exception cref="ArgumentException">θ has another length than the layout.</exception>
    public static torch.Tensor[] Leaves(torch.Tensor theta, ParameterLayout layout)
    {
        if (theta.dim() != 1 || theta.shape[0] != layout.Count)
            throw new ArgumentException($"θ has shape [{string.Join(", ", theta.shape)}]; the model's layout needs [{layout.Count}].", nameof(theta));

        // A detached view is a leaf of its own, so the gradient comes out parameter by parameter without scattering into θ.
        using torch.Tensor detached = theta.detach();
        return [.. layout.Parameters.Select(parameter => Leaf(detached, parameter))];
    }

    /// <summary>The same parameters as every task's own φ₀, [T, …shape].</summary>
    public static torch.Tensor[] ForTasks(IReadOnlyList<torch.Tensor> leaves, long tasks) =>
        [.. leaves.Select(leaf => leaf.unsqueeze(0).expand([tasks, .. leaf.shape]))];

    /// <summary>Lays gradients one after the other in the order of θ, summed over tasks where <paramref name="perTask"/> says that they are [T, …shape].</summary>
    public static torch.Tensor Flatten(IEnumerable<torch.Tensor> gradients, bool perTask) =>
        torch.cat([.. gradients.Select(gradient => (perTask ? gradient.sum(0L) : gradient).reshape(-1))]);

    private static torch.Tensor Leaf(torch.Tensor theta, ParameterSpecification parameter)
    {
        long[] shape = [.. parameter.Shape.Select(size => (long)size)];
        return theta.narrow(0, parameter.Offset, parameter.Count).view(shape).requires_grad_();
    }
}
