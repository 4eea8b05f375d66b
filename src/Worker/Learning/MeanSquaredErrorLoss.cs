using TorchSharp;

namespace Maml.Cluster.Worker.Learning;

/// <summary>Mean squared error; labels are real numbers, [T, N, outputs].</summary>
internal sealed class MeanSquaredErrorLoss : ILoss
{
    /// <inheritdoc/>
    public torch.Tensor PerTask(torch.Tensor outputs, torch.Tensor labels) => outputs.sub(labels).square().mean([1, 2]);

    /// <inheritdoc/>
    public torch.Tensor? Accuracy(torch.Tensor outputs, torch.Tensor labels) => null;
}
