using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Maml.Cluster.Coordinator.Security.Connections;

/// <summary>The coordinator's limits as the web server knows them.</summary>
internal static class KestrelLimits
{
    // The web server looks at rates once a second, and takes nothing below it.
    private static readonly TimeSpan ShortestGrace = TimeSpan.FromSeconds(1.1);

    /// <summary>Sets the limits.</summary>
    public static void Set(KestrelServerLimits server, CoordinatorLimits limits)
    {
        server.MaxConcurrentConnections = limits.Connections;
        server.MaxRequestHeadersTotalSize = limits.HeaderBytes;
        server.RequestHeadersTimeout = limits.FirstMessageTime;
        server.KeepAliveTimeout = limits.IdleTime;
        server.MinRequestBodyDataRate = new MinDataRate(
            RequestRate.BytesPerSecond, limits.FirstMessageTime > ShortestGrace ? limits.FirstMessageTime : ShortestGrace);
        server.MinResponseDataRate = null;
        server.Http2.MaxStreamsPerConnection = limits.StreamsPerConnection;
        server.Http2.MaxRequestHeaderFieldSize = Math.Min(limits.HeaderBytes, server.Http2.MaxRequestHeaderFieldSize);
        server.Http2.KeepAlivePingDelay = limits.PingDelay;
        server.Http2.KeepAlivePingTimeout = limits.PingTime;
    }
}
