using TorchSharp;

namespace Maml.Cluster.Worker.Models;

/// <summary>
/// Lifts a model that was written for one task by calling it once a task. Slower than a model with tasks as a dimension:
/// every operation is issued T times.
/// </summary>
internal sealed class PerTaskModel(ISingleTaskModel model) : IModel
{
    /// <inheritdoc/>
    public torch.Tensor Forward(IReadOnlyList<torch.Tensor> weights, torch.Tensor x)
    {
        int tasks = checked((int)x.shape[0]);
        var outputs = new torch.Tensor[tasks];
        for (int task = 0; task < tasks; task++)
        {
            torch.Tensor[] own = [.. weights.Select(weight => weight.select(0, task))];
            outputs[task] = model.Forward(own, x.select(0, task));
        }

        return torch.stack(outputs);
    }
}
