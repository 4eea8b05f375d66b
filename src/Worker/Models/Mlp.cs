using TorchSharp;

namespace Maml.Cluster.Worker.Models;

/// <summary>
/// Fully connected layers with ReLU between them: weights alternate <c>layers.i.weight</c>, <c>layers.i.bias</c>.
/// With a single layer it is a linear model, which is what logistic regression needs.
/// </summary>
internal sealed class Mlp : IModel
{
    /// <inheritdoc/>
    public torch.Tensor Forward(IReadOnlyList<torch.Tensor> weights, torch.Tensor x)
    {
        torch.Tensor hidden = x.flatten(2);
        for (int i = 0; i < weights.Count; i += 2)
        {
            if (i > 0) hidden = hidden.relu();
            hidden = LinearLayer.Forward(weights[i], weights[i + 1], hidden);
        }

        return hidden;
    }
}
