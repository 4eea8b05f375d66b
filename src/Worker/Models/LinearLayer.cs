using TorchSharp;

namespace Maml.Cluster.Worker.Models;

/// <summary>A fully connected layer of every task as one batched matrix product.</summary>
internal static class LinearLayer
{
    /// <summary>x · weightᵀ + bias, task by task.</summary>
    /// <param name="weight">[T, outputs, inputs].</param>
    /// <param name="bias">[T, outputs].</param>
    /// <param name="x">[T, N, inputs].</param>
    /// <returns>[T, N, outputs].</returns>
    public static torch.Tensor Forward(torch.Tensor weight, torch.Tensor bias, torch.Tensor x) =>
        x.bmm(weight.transpose(1, 2)).add_(bias.unsqueeze(1));
}
