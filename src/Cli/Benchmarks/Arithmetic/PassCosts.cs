using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;

namespace Maml.Cluster.Cli.Benchmarks.Arithmetic;

/// <summary>
/// Floating-point operations of a model's passes for one example. A layer is y = W x. Its gradient is two products: W' = δ xᵀ, and
/// δ' = Wᵀ δ for the layer below. The tangent of each product is two products. The first layer's x is data: nothing is below it, and the
/// tangent of x is zero.
/// </summary>
/// <param name="Forward">One product a layer.</param>
/// <param name="Gradient">Two; one for the first layer.</param>
/// <param name="TangentForward">Two; one for the first layer.</param>
/// <param name="TangentGradient">Four; one for the first layer.</param>
internal readonly record struct PassCosts(double Forward, double Gradient, double TangentForward, double TangentGradient)
{
    private const int KernelArea = 9;

    /// <summary>Those of a configuration's model.</summary>
    public static PassCosts Of(RunConfiguration configuration)
    {
        double[] layers = [.. LayersOf(configuration.Model, TaskShape.Of(configuration.Tasks))];
        double first = layers[0], above = layers.Sum() - first;
        return new PassCosts(first + above, first + (2 * above), first + (2 * above), first + (4 * above));
    }

    // Operations of W x for each layer, from the data up.
    private static IEnumerable<double> LayersOf(ModelConfiguration model, TaskShape task) => model.Kind switch
    {
        ModelKind.Logistic => [Product(task.FeatureCount, 1)],
        ModelKind.Mlp => MlpLayers(model.Widths, task),
        ModelKind.Conv4 => Conv4Layers(model, task),
        _ => throw new ArgumentOutOfRangeException(nameof(model), model.Kind, "There is no such model."),
    };

    private static IEnumerable<double> MlpLayers(IReadOnlyList<int> widths, TaskShape task)
    {
        int inputs = task.FeatureCount;
        foreach (int outputs in widths.Append(task.Outputs))
        {
            yield return Product(inputs, outputs);
            inputs = outputs;
        }
    }

    private static IEnumerable<double> Conv4Layers(ModelConfiguration model, TaskShape task)
    {
        int channels = task.Features[0], height = task.Features[1], width = task.Features[2];
        for (int block = 0; block < ModelLayouts.Conv4Blocks; block++)
        {
            // With a padding of 1, a kernel of 3 keeps the size, and with a stride of 2 it rounds half of it up; pooling rounds it down.
            if (model.Downsample == Downsample.Stride) (height, width) = ((height + 1) / 2, (width + 1) / 2);
            yield return Product(channels * KernelArea, model.Filters) * height * width;
            if (model.Downsample == Downsample.MaxPool) (height, width) = (height / 2, width / 2);
            channels = model.Filters;
        }

        yield return Product(channels, task.Outputs);
    }

    private static double Product(int inputs, int outputs) => 2.0 * inputs * outputs;
}
