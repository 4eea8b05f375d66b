using TorchSharp;

namespace Maml.Cluster.Worker.Models;

/// <summary>A network written for one task, as most are. <see cref="PerTaskModel"/> lifts it to many.</summary>
internal interface ISingleTaskModel
{
    /// <summary>Applies the network.</summary>
    /// <param name="weights">One […shape] tensor for each parameter, in the order of the model's layout.</param>
    /// <param name="x">Examples, [N, …features].</param>
    /// <returns>[N, outputs].</returns>
    torch.Tensor Forward(IReadOnlyList<torch.Tensor> weights, torch.Tensor x);
}
