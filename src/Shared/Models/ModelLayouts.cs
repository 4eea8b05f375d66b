using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Shared.Models;

/// <summary>Which parameters each model has. Names and shapes are those of the same model as a PyTorch module.</summary>
public static class ModelLayouts
{
    /// <summary>Blocks of <see cref="ModelKind.Conv4"/>.</summary>
    public const int Conv4Blocks = 4;

    /// <summary>Describes the parameters of a model for tasks of a given shape.</summary>
    /// <param name="model">The model.</param>
    /// <param name="task">Features and outputs of the tasks it shall learn.</param>
    public static ParameterLayout Create(ModelConfiguration model, TaskShape task) => model.Kind switch
    {
        ModelKind.Mlp => ParameterLayout.Create(Mlp(model.Widths, task)),
        ModelKind.Logistic => ParameterLayout.Create(Linear("linear", task.FeatureCount, 1, Initializer.Zeros, Initializer.Zeros)),
        ModelKind.Conv4 => ParameterLayout.Create(Conv4(model.Filters, task)),
        _ => throw new ArgumentOutOfRangeException(nameof(model), model.Kind, "There is no such model."),
    };

    private static IEnumerable<(string, int[], Initializer)> Mlp(IReadOnlyList<int> widths, TaskShape task)
    {
        int inputs = task.FeatureCount;
        for (int layer = 0; layer <= widths.Count; layer++)
        {
            int outputs = layer < widths.Count ? widths[layer] : task.Outputs;
            // PyTorch's own default. The biases matter: where all are zero, every kink of a one-dimensional function is at zero.
            Initializer uniform = Initializer.Uniform(1.0 / Math.Sqrt(inputs));
            foreach (var parameter in Linear($"layers.{layer}", inputs, outputs, uniform, uniform)) yield return parameter;
            inputs = outputs;
        }
    }

    // The convolutions have no bias: batch normalisation would subtract it again, so its meta-gradient is zero.
    private static IEnumerable<(string, int[], Initializer)> Conv4(int filters, TaskShape task)
    {
        int channels = task.Features[0];
        for (int block = 0; block < Conv4Blocks; block++)
        {
            yield return ($"blocks.{block}.conv.weight", [filters, channels, 3, 3], He(channels * 9));
            yield return ($"blocks.{block}.norm.weight", [filters], Initializer.Ones);
            yield return ($"blocks.{block}.norm.bias", [filters], Initializer.Zeros);
            channels = filters;
        }

        foreach (var parameter in Linear("head", filters, task.Outputs, He(filters), Initializer.Zeros)) yield return parameter;
    }

    private static IEnumerable<(string, int[], Initializer)> Linear(string name, int inputs, int outputs, Initializer weight, Initializer bias) =>
    [
        ($"{name}.weight", [outputs, inputs], weight),
        ($"{name}.bias", [outputs], bias),
    ];

    // He et al., ICCV 2015, equation 10.
    private static Initializer He(int inputs) => Initializer.TruncatedNormal(Math.Sqrt(2.0 / inputs));
}
