using System.Globalization;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Parameters;
using Maml.Cluster.Worker.Probes;
using Maml.Cluster.Worker.Tasks;

namespace Maml.Cluster.Cli.Gradients;

/// <summary>A meta-gradient as a safetensors file, with all that another framework needs to compute it again.</summary>
internal static class GradientFile
{
    /// <summary>
    /// The file: <c>theta/NAME</c> and <c>meta_gradient/NAME</c> for each parameter, <c>support_x</c>, <c>support_y</c>,
    /// <c>query_x</c>, <c>query_y</c> with tasks as the leading dimension, and the settings as metadata.
    /// </summary>
    public static SafetensorsFile Create(MetaGradientSample sample, RunConfiguration configuration, Precision precision) => new(
        [
            .. Parameters("theta", sample.Layout, sample.Theta),
            Examples("support_x", sample.SupportX),
            Labels("support_y", sample.SupportY, sample.LabelsAreClasses),
            Examples("query_x", sample.QueryX),
            Labels("query_y", sample.QueryY, sample.LabelsAreClasses),
            .. Parameters("meta_gradient", sample.Layout, sample.MetaGradient),
        ],
        Describe(sample, configuration, precision));

    private static IEnumerable<SafetensorsTensor> Parameters(string prefix, ParameterLayout layout, float[] values) => layout.Parameters.Select(
        parameter => SafetensorsTensor.FromSingles(
            $"{prefix}/{parameter.Name}", [.. parameter.Shape.Select(size => (long)size)], values.AsSpan(parameter.Offset, parameter.Count)));

    private static SafetensorsTensor Examples(string name, HostTensor tensor) => SafetensorsTensor.FromSingles(name, tensor.Shape, tensor.Values);

    private static SafetensorsTensor Labels(string name, HostTensor tensor, bool areClasses) => areClasses
        ? SafetensorsTensor.FromInt64s(name, tensor.Shape, [.. tensor.Values.Select(label => (long)label)])
        : Examples(name, tensor);

    private static Dictionary<string, string> Describe(MetaGradientSample sample, RunConfiguration configuration, Precision precision)
    {
        var metadata = new Dictionary<string, string>
        {
            ["algorithm"] = ConfigurationWords.Algorithms.ToWord(configuration.Algorithm),
            ["model"] = ConfigurationWords.ModelKinds.ToWord(configuration.Model.Kind),
            ["innerSteps"] = configuration.Inner.Steps.ToString(CultureInfo.InvariantCulture),
            ["innerLearningRate"] = configuration.Inner.LearningRate.ToString("R", CultureInfo.InvariantCulture),
            ["loss"] = ConfigurationWords.Losses.ToWord(configuration.Loss),
            ["tasks"] = sample.SupportX.Shape[0].ToString(CultureInfo.InvariantCulture),
            ["seed"] = configuration.Seed.ToString(CultureInfo.InvariantCulture),
            ["queryLoss"] = sample.QueryLoss.ToString("R", CultureInfo.InvariantCulture),
            ["precision"] = precision == Precision.Float64 ? "float64" : "float32",
            ["downsample"] = "",
        };
        if (configuration.Model.Kind != ModelKind.Conv4) return metadata;

        // What a reader of the shapes alone could not know about the network.
        metadata["downsample"] = ConfigurationWords.Downsamples.ToWord(configuration.Model.Downsample);
        metadata["padding"] = "1";
        metadata["normalization"] = "batch statistics with biased variance, of the support or query set at hand";
        metadata["normalizationEpsilon"] = "1e-05";
        metadata["head"] = "linear, on the mean over height and width";
        return metadata;
    }
}
