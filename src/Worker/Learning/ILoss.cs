using TorchSharp;

namespace Maml.Cluster.Worker.Learning;

/// <summary>A loss over sets of examples with tasks as the leading dimension.</summary>
internal interface ILoss
{
    /// <summary>The mean loss of each task's set.</summary>
    /// <param name="outputs">What the model gives, [T, N, outputs].</param>
    /// <param name="labels">[T, N] class positions, or [T, N, outputs] numbers.</param>
    /// <returns>[T]. The sum over it is what is differentiated, so that no task's gradient depends on another task.</returns>
    torch.Tensor PerTask(torch.Tensor outputs, torch.Tensor labels);

    /// <summary>The share of each task's examples that are classified correctly, [T]; null for regression.</summary>
    torch.Tensor? Accuracy(torch.Tensor outputs, torch.Tensor labels);
}
