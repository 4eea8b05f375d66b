using System.Text.Encodings.Web;
using System.Text.Json;
using Maml.Cluster.Cli.Adaptation;

namespace Maml.Cluster.Cli.Rendering;

/// <summary>An adaptation as JSON.</summary>
internal static class AdaptationJson
{
    // It goes to a file or another program, never into a page; labels are often not Latin.
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(AdaptationResult result) => JsonSerializer.Serialize(
        new
        {
            run = result.Response.RunId,
            iteration = result.Response.Iteration,
            innerSteps = result.Response.InnerSteps,
            labels = result.Response.Labels,
            accuracy = result.Accuracy,
            predictions = result.Response.Predictions.Zip(result.Query, (prediction, picture) => new
            {
                picture = picture.Name,
                label = prediction.Label,
                expected = picture.Label,
                probabilities = prediction.Probabilities,
            }),
        },
        Options);
}
