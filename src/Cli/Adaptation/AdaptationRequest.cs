using Google.Protobuf;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Adaptation;

/// <summary>Pictures as a request.</summary>
internal static class AdaptationRequest
{
    /// <summary>The request, without a target.</summary>
    public static AdaptRequest Create(IReadOnlyList<LabelledPicture> support, IReadOnlyList<LabelledPicture> query, uint? innerSteps, bool brightInk)
    {
        var request = new AdaptRequest
        {
            Support = { support.Select(picture => new SupportExample { Example = Of(picture), Label = picture.Label }) },
            Query = { query.Select(Of) },
            BrightInk = brightInk,
        };
        if (innerSteps is { } steps) request.InnerSteps = steps;
        return request;
    }

    private static Example Of(LabelledPicture picture) => new() { Png = UnsafeByteOperations.UnsafeWrap(picture.Bytes) };
}
