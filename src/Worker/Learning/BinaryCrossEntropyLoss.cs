using TorchSharp;
using static TorchSharp.torch.nn;

namespace Maml.Cluster.Worker.Learning;

/// <summary>Sigmoid cross-entropy on logits; labels are 0 or 1, [T, N, 1].</summary>
internal sealed class BinaryCrossEntropyLoss : ILoss
{
    /// <inheritdoc/>
    public torch.Tensor PerTask(torch.Tensor outputs, torch.Tensor labels) =>
        functional.binary_cross_entropy_with_logits(outputs, labels, reduction: Reduction.None).mean([1, 2]);

    /// <inheritdoc/>
    public torch.Tensor? Accuracy(torch.Tensor outputs, torch.Tensor labels) =>
        outputs.gt(0).eq(labels.gt(0.5)).to_type(outputs.dtype).mean([1, 2]);
}
