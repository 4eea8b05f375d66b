using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Layers;

/// <summary>Gradient of the mean softmax cross-entropy of each task's set, and the derivative of that gradient.</summary>
internal sealed class SoftmaxCrossEntropy
{
    private readonly Tensor _probabilities;

    private SoftmaxCrossEntropy(Tensor probabilities, Tensor gradient)
    {
        _probabilities = probabilities;
        Gradient = gradient;
    }

    /// <summary>d loss / d outputs = (softmax − one-hot) / N, [T, N, ways].</summary>
    public Tensor Gradient { get; }

    /// <summary>Computes the gradient.</summary>
    /// <param name="outputs">[T, N, ways].</param>
    /// <param name="labels">Class positions, int64 [T, N].</param>
    public static SoftmaxCrossEntropy At(Tensor outputs, Tensor labels)
    {
        using var scope = NewDisposeScope();
        Tensor probabilities = outputs.softmax(2);
        Tensor ways = arange(outputs.shape[2], dtype: ScalarType.Int64, device: outputs.device);
        Tensor oneHot = labels.unsqueeze(2).eq(ways).to_type(outputs.dtype);
        Tensor gradient = probabilities.sub(oneHot).div(outputs.shape[1]);
        return new SoftmaxCrossEntropy(scope.MoveToOuter(probabilities), scope.MoveToOuter(gradient));
    }

    /// <summary>The derivative of <see cref="Gradient"/> where the outputs change by a tangent: p ⊙ (t − ⟨p, t⟩) / N.</summary>
    public Tensor Tangent(Tensor outputsTangent)
    {
        using var scope = NewDisposeScope();
        Tensor expected = _probabilities.mul(outputsTangent).sum(2, keepdim: true);
        return scope.MoveToOuter(outputsTangent.sub(expected).mul(_probabilities).div(outputsTangent.shape[1]));
    }
}
