using System.Numerics.Tensors;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Adaptation;

/// <summary>What a model gives, as answers.</summary>
internal static class Answers
{
    /// <summary>One prediction for each query example.</summary>
    /// <param name="outputs">What the model gives, query example by query example.</param>
    /// <param name="width">Numbers of each.</param>
    /// <param name="labels">What the classes are called; fewer than <paramref name="width"/> where the support set has fewer than the run. Empty for regression.</param>
    public static IReadOnlyList<Prediction> From(ReadOnlySpan<float> outputs, int width, IReadOnlyList<string> labels)
    {
        var predictions = new Prediction[outputs.Length / width];
        for (int i = 0; i < predictions.Length; i++) predictions[i] = From(outputs.Slice(i * width, width), labels);
        return predictions;
    }

    private static Prediction From(ReadOnlySpan<float> outputs, IReadOnlyList<string> labels)
    {
        if (labels.Count == 0) return new Prediction { Number = outputs[0] };
        float[] probabilities = new float[labels.Count];
        if (outputs.Length == 1)
        {
            // One logit, for the second of two classes.
            probabilities[1] = 1 / (1 + MathF.Exp(-outputs[0]));
            probabilities[0] = 1 - probabilities[1];
        }
        else
        {
            // Outputs that no label uses are left out: of them the support set says nothing but that they are not it.
            ReadOnlySpan<float> used = outputs[..labels.Count];
            TensorPrimitives.Subtract(used, TensorPrimitives.Max(used), probabilities);
            TensorPrimitives.SoftMax<float>(probabilities, probabilities);
        }

        return new Prediction { Label = labels[TensorPrimitives.IndexOfMax<float>(probabilities)], Probabilities = { probabilities } };
    }
}
