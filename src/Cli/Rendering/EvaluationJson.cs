using System.Text.Json;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Rendering;

/// <summary>An evaluation as JSON, with the names of <c>evaluation</c> in a run's <c>summary.json</c>.</summary>
internal static class EvaluationJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    public static string Write(EvaluationResult result) => JsonSerializer.Serialize(
        new
        {
            split = result.Split,
            tasks = result.Tasks,
            steps = result.Steps.Select(step => new
            {
                step = step.Step,
                loss = Finite(step.Loss),
                accuracy = step.HasAccuracy ? Finite(step.Accuracy) : null,
                accuracyCi95 = step.HasAccuracyCi95 ? Finite(step.AccuracyCi95) : null,
                lossCi95 = Finite(step.LossCi95),
            }),
            iteration = result.Iteration,
        },
        Options);

    // JSON has no word for what is no number.
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
