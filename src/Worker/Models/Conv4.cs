using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Maml.Cluster.Worker.Models;

/// <summary>
/// The paper's network for images (Finn et al. 2017, section 5.2): four blocks of 3×3 convolution, batch normalisation with
/// the statistics of the set at hand, and ReLU; then the mean over the remaining pixels and a linear head. Tasks are groups
/// of channels, so that a block of all tasks is one grouped convolution.
/// </summary>
internal sealed class Conv4(Downsample downsample) : IModel
{
    private const int ParametersOfBlock = 3;
    private const double Epsilon = 1e-5;

    private readonly long[] _strides = downsample == Downsample.Stride ? [2, 2] : [1, 1];

    /// <inheritdoc/>
    public torch.Tensor Forward(IReadOnlyList<torch.Tensor> weights, torch.Tensor x)
    {
        long tasks = x.shape[0], examples = x.shape[1];
        torch.Tensor image = x.transpose(0, 1).flatten(1, 2);
        for (int block = 0; block < ModelLayouts.Conv4Blocks; block++)
        {
            int first = block * ParametersOfBlock;
            image = Block(weights[first], weights[first + 1], weights[first + 2], image, tasks);
        }

        torch.Tensor features = image.mean([2, 3]).reshape(examples, tasks, -1).transpose(0, 1);
        return LinearLayer.Forward(weights[^2], weights[^1], features);
    }

    // image: [N, T·C, H, W].
    private torch.Tensor Block(torch.Tensor convolution, torch.Tensor scale, torch.Tensor shift, torch.Tensor image, long tasks)
    {
        torch.Tensor kernels = convolution.flatten(0, 1);
        torch.Tensor convolved = functional.conv2d(image, kernels, null, _strides, [1, 1], null, tasks);
        torch.Tensor normalised = functional.batch_norm(
            convolved, null, null, scale.flatten(), shift.flatten(), training: true, eps: Epsilon);
        torch.Tensor activated = normalised.relu();
        return downsample == Downsample.MaxPool ? functional.max_pool2d(activated, [2, 2], [2, 2]) : activated;
    }
}
