using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Adaptation;

/// <summary>What an adaptation came to.</summary>
/// <param name="Response">The coordinator's answer.</param>
/// <param name="Query">What was asked about, in the order of the answer.</param>
internal sealed record AdaptationResult(AdaptResponse Response, IReadOnlyList<LabelledPicture> Query)
{
    /// <summary>The share that is right, of those whose label is known; null where none is.</summary>
    public double? Accuracy => Query.All(picture => picture.Label is null)
        ? null
        : Response.Predictions.Zip(Query).Count(pair => pair.First.Label == pair.Second.Label) / (double)Query.Count;
}
