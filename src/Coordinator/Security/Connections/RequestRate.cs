using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Maml.Cluster.Coordinator.Security.Connections;

/// <summary>
/// A request that is one message has to come at a steady rate. Streams of workers are silent while chunks are computed; heartbeats,
/// not data rates, tell who is alive.
/// </summary>
internal static class RequestRate
{
    /// <summary>Bytes a second; a request that is slower for <see cref="CoordinatorLimits.FirstMessageTime"/> is given up.</summary>
    public const double BytesPerSecond = 240;

    /// <summary>Lifts the rate from calls that stream.</summary>
    public static Task LiftFromStreamsAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.Type is MethodType.DuplexStreaming or MethodType.ClientStreaming
            && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        return next(context);
    }
}
