using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Maml.Cluster.Shared.Monitoring;

/// <summary>What those who ask may take. They are a kubelet and a scraper or two, and anybody else who reaches the port.</summary>
internal static class MonitoringLimits
{
    private const int Connections = 64;
    private const int HeaderBytes = 8 << 10;
    private static readonly TimeSpan HeaderTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(2);

    /// <summary>Sets the limits. No request has a body.</summary>
    public static void Set(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = Connections;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytes;
        kestrel.Limits.MaxRequestLineSize = HeaderBytes;
        kestrel.Limits.RequestHeadersTimeout = HeaderTime;
        kestrel.Limits.KeepAliveTimeout = IdleTime;
    }
}
