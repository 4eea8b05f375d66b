using TorchSharp;
using static TorchSharp.torch.nn;

namespace Maml.Cluster.Worker.Learning;

/// <summary>Softmax cross-entropy; labels are class positions, int64 [T, N].</summary>
internal sealed class CrossEntropyLoss : ILoss
{
    /// <inheritdoc/>
    public torch.Tensor PerTask(torch.Tensor outputs, torch.Tensor labels)
    {
        torch.Tensor each = functional.cross_entropy(outputs.flatten(0, 1), labels.flatten(), reduction: Reduction.None);
        return each.reshape(labels.shape).mean([1]);
    }

    /// <inheritdoc/>
    public torch.Tensor? Accuracy(torch.Tensor outputs, torch.Tensor labels) =>
        outputs.argmax(2).eq(labels).to_type(outputs.dtype).mean([1]);
}
