using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit;

/// <summary>conv4 with stride at given weights on one set of images: outputs, gradient, Hessian-vector product.</summary>
internal sealed class Conv4Pass
{
    private readonly LayerPass[] _layers;
    private readonly Range[] _weightsOf;
    private readonly int _weightCount;
    private readonly Tensor _images;
    private SoftmaxCrossEntropy _loss = null!;

    /// <summary>Creates the pass.</summary>
    /// <param name="weights">As <see cref="Conv4Weights"/> lays them out.</param>
    /// <param name="images">The set.</param>
    public Conv4Pass(IReadOnlyList<Tensor> weights, PatchSet images)
    {
        _layers =
        [
            new FirstBlockPass(images, weights[0], weights[1], weights[2]),
            new ConvolutionBlockPass(weights[3], weights[4], weights[5]),
            new ConvolutionBlockPass(weights[6], weights[7], weights[8]),
            new ConvolutionBlockPass(weights[9], weights[10], weights[11]),
            new HeadPass(weights[12], weights[13]),
        ];
        _weightsOf = [0..3, 3..6, 6..9, 9..12, 12..14];
        _weightCount = weights.Count;
        _images = images.Rows;
    }

    /// <summary>The outputs, [T, N, ways].</summary>
    public Tensor Forward()
    {
        Tensor activation = _images;
        foreach (LayerPass layer in _layers) activation = layer.Forward(activation);
        return activation;
    }

    /// <summary>The gradient of each task's mean loss, [T, …] for every weight.</summary>
    /// <param name="outputs">What <see cref="Forward"/> gave.</param>
    /// <param name="labels">Class positions, int64 [T, N].</param>
    public Tensor[] Backward(Tensor outputs, Tensor labels)
    {
        _loss = SoftmaxCrossEntropy.At(outputs, labels);
        var gradients = new Tensor[_weightCount];
        Tensor gradient = _loss.Gradient;
        for (int layer = _layers.Length - 1; layer >= 0; layer--)
            gradient = _layers[layer].Backward(gradient, gradients.AsSpan(_weightsOf[layer]));
        return gradients;
    }

    /// <summary>∇²L · v of each task's mean loss, after <see cref="Backward"/>.</summary>
    /// <param name="direction">v, [T, …] for every weight.</param>
    /// <param name="sumOverTasks">Whether the products are summed over tasks.</param>
    public Tensor[] HessianVectorProduct(Tensor[] direction, bool sumOverTasks)
    {
        Tensor? tangent = null;
        for (int layer = 0; layer < _layers.Length; layer++)
            tangent = _layers[layer].TangentForward(tangent, direction.AsSpan(_weightsOf[layer]));

        tangent = _loss.Tangent(tangent!);
        var products = new Tensor[_weightCount];
        for (int layer = _layers.Length - 1; layer >= 0; layer--)
        {
            Range weights = _weightsOf[layer];
            tangent = _layers[layer].TangentBackward(tangent, direction.AsSpan(weights), products.AsSpan(weights), sumOverTasks);
        }

        return products;
    }
}
