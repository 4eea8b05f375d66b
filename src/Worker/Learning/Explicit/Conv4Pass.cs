using Maml.Cluster.Worker.Learning.Explicit.FirstBlocks;
using Maml.Cluster.Worker.Learning.Explicit.Layers;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit;

/// <summary>conv4 at given weights on one set of images: outputs, gradient, Hessian-vector product.</summary>
internal sealed class Conv4Pass
{
    private static readonly Range[] WeightsOf = [0..3, 3..6, 6..9, 9..12, 12..14];

    private readonly LayerPass[] _layers;
    private SoftmaxCrossEntropy _loss = null!;

    /// <summary>Creates the pass.</summary>
    /// <param name="engine">How it is computed.</param>
    /// <param name="weights">As the engine lays them out, shared or with tasks as the leading dimension.</param>
    /// <param name="images">The set, as the engine prepares it.</param>
    public Conv4Pass(IConv4Engine engine, IReadOnlyList<Tensor> weights, ImageSet images)
    {
        _layers =
        [
            engine.FirstBlock(images, weights[0], weights[1], weights[2]),
            engine.Block(weights[3], weights[4], weights[5]),
            engine.Block(weights[6], weights[7], weights[8]),
            engine.Block(weights[9], weights[10], weights[11]),
            new HeadPass(weights[12], weights[13]),
        ];
    }

    /// <summary>The outputs, [T, N, ways].</summary>
    public Tensor Forward()
    {
        Tensor? activation = null;
        foreach (LayerPass layer in _layers) activation = layer.Forward(activation);
        return activation!;
    }

    /// <summary>The gradient of each task's mean loss, [T, …] for every weight.</summary>
    /// <param name="outputs">What <see cref="Forward"/> gave.</param>
    /// <param name="labels">Class positions, int64 [T, N].</param>
    public Tensor[] Backward(Tensor outputs, Tensor labels)
    {
        _loss = SoftmaxCrossEntropy.At(outputs, labels);
        var gradients = new Tensor[WeightsOf[^1].End.Value];
        Tensor gradient = _loss.Gradient;
        for (int layer = _layers.Length - 1; layer >= 0; layer--)
            gradient = _layers[layer].Backward(gradient, gradients.AsSpan(WeightsOf[layer]));
        return gradients;
    }

    /// <summary>∇²L · v of each task's mean loss, after <see cref="Backward"/>.</summary>
    /// <param name="direction">v, [T, …] for every weight.</param>
    /// <param name="sumOverTasks">Whether the products are summed over tasks.</param>
    public Tensor[] HessianVectorProduct(Tensor[] direction, bool sumOverTasks)
    {
        Tensor? tangent = null;
        for (int layer = 0; layer < _layers.Length; layer++)
            tangent = _layers[layer].TangentForward(tangent, direction.AsSpan(WeightsOf[layer]));

        tangent = _loss.Tangent(tangent!);
        var products = new Tensor[WeightsOf[^1].End.Value];
        for (int layer = _layers.Length - 1; layer >= 0; layer--)
        {
            Range weights = WeightsOf[layer];
            tangent = _layers[layer].TangentBackward(tangent, direction.AsSpan(weights), products.AsSpan(weights), sumOverTasks);
        }

        return products;
    }
}
