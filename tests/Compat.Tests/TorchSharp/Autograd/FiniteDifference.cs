using TorchSharp;

namespace Maml.Cluster.Compat.Tests.TorchSharp.Autograd;

/// <summary>Checks what autograd says against differences of values, in float64.</summary>
internal static class FiniteDifference
{
    private const double Step = 1e-5;
    private const double Tolerance = 1e-6;

    /// <summary>
    /// Compares the Hessian-vector product of a scalar function, made by differentiating twice, with the difference of its
    /// first gradients a small step apart.
    /// </summary>
    public static void ShouldAgreeWithDoubleBackward(Func<torch.Tensor, torch.Tensor> function, torch.Tensor at, int seed)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = at.detach().requires_grad_();
        torch.Tensor direction = RandomNumbers.Of(seed, at.shape);

        torch.Tensor gradient = torch.autograd.grad([function(x)], [x], retain_graph: true, create_graph: true)[0];
        torch.Tensor product = torch.autograd.grad([(gradient * direction).sum()], [x])[0];

        torch.Tensor expected = (Gradient(function, at + (Step * direction)) - Gradient(function, at - (Step * direction))) / (2 * Step);
        double error = torch.linalg.vector_norm(product - expected).ToDouble() / (1 + torch.linalg.vector_norm(expected).ToDouble());
        error.ShouldBeLessThan(Tolerance, $"the seed was {seed}");
        torch.linalg.vector_norm(product).ToDouble().ShouldBeGreaterThan(1e-3, $"a product of zero would prove nothing; the seed was {seed}");
    }

    private static torch.Tensor Gradient(Func<torch.Tensor, torch.Tensor> function, torch.Tensor at)
    {
        torch.Tensor x = at.detach().requires_grad_();
        return torch.autograd.grad([function(x)], [x])[0];
    }
}
