using System.Globalization;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Models;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Checkpoints;

/// <summary>
/// A checkpoint as a file: safetensors with θ under its PyTorch names and Adam's state beside it. Version 2 has a seal over the whole
/// file (<see cref="CheckpointSeal"/>) and the seconds spent so far; version 1 had a hash of θ only.
/// </summary>
internal static class CheckpointFormat
{
    public const string FormatName = "maml-checkpoint";
    public const int FormatVersion = 2;
    public const string FormatKey = "format";
    public const string VersionKey = "format_version";
    public const string IterationKey = "iteration";
    public const string OptimizerStepKey = "optimizer_step";
    public const string ConfigurationKey = "configuration";
    public const string HashKey = "meta_parameters_sha256";
    public const string RunKey = "run_id";
    public const string TrainingSecondsKey = "training_seconds";
    public const string WallSecondsKey = "wall_seconds";
    public const string FirstMomentPrefix = "optimizer/exp_avg/";
    public const string SecondMomentPrefix = "optimizer/exp_avg_sq/";

    /// <summary>Lays a checkpoint out as a file, sealed.</summary>
    public static SafetensorsFile Write(Checkpoint checkpoint)
    {
        ParameterLayout layout = LayoutOf(checkpoint.Configuration);
        var metadata = new Dictionary<string, string>
        {
            [FormatKey] = FormatName,
            [VersionKey] = FormatVersion.ToString(CultureInfo.InvariantCulture),
            [RunKey] = checkpoint.RunId,
            [IterationKey] = checkpoint.Iteration.ToString(CultureInfo.InvariantCulture),
            [OptimizerStepKey] = checkpoint.OptimizerStep.ToString(CultureInfo.InvariantCulture),
            [ConfigurationKey] = RunConfigurationFile.Write(checkpoint.Configuration),
            [HashKey] = ParameterHash.Sha256(checkpoint.Parameters.Span),
            [TrainingSecondsKey] = checkpoint.TrainingSeconds.ToString(CultureInfo.InvariantCulture),
            [WallSecondsKey] = checkpoint.WallSeconds.ToString(CultureInfo.InvariantCulture),
        };
        return CheckpointSeal.Apply(new SafetensorsFile(
            [
                .. Tensors(layout, "", checkpoint.Parameters),
                .. Tensors(layout, FirstMomentPrefix, checkpoint.FirstMoment),
                .. Tensors(layout, SecondMomentPrefix, checkpoint.SecondMoment),
            ],
            metadata));
    }

    /// <summary>The parameters that a configuration asks for.</summary>
    public static ParameterLayout LayoutOf(RunConfiguration configuration) =>
        ModelLayouts.Create(configuration.Model, TaskShape.Of(configuration.Tasks));

    private static IEnumerable<SafetensorsTensor> Tensors(ParameterLayout layout, string prefix, ReadOnlyMemory<float> vector) =>
        layout.Parameters.Select(parameter => SafetensorsTensor.FromSingles(
            prefix + parameter.Name, [.. parameter.Shape.Select(size => (long)size)], vector.Span.Slice(parameter.Offset, parameter.Count)));
}
