using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Convolutions;

/// <summary>libtorch's convolution of one task's images, as nodes of a graph that stop at this convolution's own inputs.</summary>
internal sealed class TaskConvolution
{
    private readonly Tensor _images;
    private readonly Tensor _filters;
    private Tensor _output = null!;
    private Tensor _outputGradient = null!;
    private Tensor _ofImagesTangent = null!;
    private Tensor _ofFiltersTangent = null!;

    /// <summary>Creates the convolution.</summary>
    /// <param name="images">[N, H, W, C].</param>
    /// <param name="filters">[C′, 9·C].</param>
    public TaskConvolution(Tensor images, Tensor filters)
    {
        _images = ToChannelsFirst(images).detach().requires_grad_();
        _filters = ToKernels(filters).detach().requires_grad_();
    }

    /// <summary>[N, H, W, C′].</summary>
    public Tensor Forward()
    {
        _output = Convolve(_images, _filters);
        return ToChannelsLast(_output.detach());
    }

    /// <summary>Gradients of images, [N, H, W, C], and filters, [C′, 9·C].</summary>
    public (Tensor Images, Tensor Filters) Backward(Tensor outputGradient)
    {
        _outputGradient = ToChannelsFirst(outputGradient);
        return Gradients([_output], [_outputGradient]);
    }

    /// <summary>conv(ẋ, w) + conv(x, ẇ).</summary>
    public Tensor TangentForward(Tensor imagesTangent, Tensor filtersTangent)
    {
        _ofImagesTangent = Convolve(ToChannelsFirst(imagesTangent), _filters);
        _ofFiltersTangent = Convolve(_images, ToKernels(filtersTangent));
        return ToChannelsLast(_ofImagesTangent.detach().add(_ofFiltersTangent));
    }

    /// <summary>
    /// The derivative of <see cref="Backward"/>. The graph's own summing gives it: of images through conv(x, w) with the tangent and
    /// through conv(x, ẇ) with the gradient itself, of filters through conv(x, w) with the tangent and conv(ẋ, w) with the gradient.
    /// </summary>
    public (Tensor Images, Tensor Filters) TangentBackward(Tensor outputGradientTangent) => Gradients(
        [_output, _ofImagesTangent, _ofFiltersTangent],
        [ToChannelsFirst(outputGradientTangent), _outputGradient, _outputGradient]);

    private static Tensor Convolve(Tensor images, Tensor kernels)
    {
        using IDisposable recording = enable_grad();
        return nn.functional.conv2d(images, kernels, null, [1, 1], [1, 1]);
    }

    private (Tensor Images, Tensor Filters) Gradients(Tensor[] outputs, Tensor[] outputGradients)
    {
        IList<Tensor> gradients = autograd.grad(outputs, [_images, _filters], outputGradients, retain_graph: true);
        return (ToChannelsLast(gradients[0]), ToChannelsLast(gradients[1]).view(gradients[1].shape[0], -1));
    }

    private static Tensor ToChannelsFirst(Tensor images) => images.permute(0, 3, 1, 2);

    private static Tensor ToChannelsLast(Tensor images) => images.permute(0, 2, 3, 1).contiguous();

    private static Tensor ToKernels(Tensor filters) => ToChannelsFirst(filters.view(filters.shape[0], 3, 3, -1));
}
