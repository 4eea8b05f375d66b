using TorchSharp;

namespace Maml.Cluster.Worker.Models;

/// <summary>
/// A network as a pure function of its parameters, with tasks as the leading dimension, so that tasks with their own
/// adapted parameters run as one set of tensor operations.
/// </summary>
internal interface IModel
{
    /// <summary>Applies the network of every task to the examples of that task.</summary>
    /// <param name="weights">One [T, …shape] tensor for each parameter, in the order of the model's layout.</param>
    /// <param name="x">Examples, [T, N, …features].</param>
    /// <returns>[T, N, outputs]; no row depends on another task's weights or examples.</returns>
    torch.Tensor Forward(IReadOnlyList<torch.Tensor> weights, torch.Tensor x);
}
