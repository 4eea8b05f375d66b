namespace Maml.Cluster.Shared.Monitoring;

/// <summary>
/// Where a host answers probes and scrapes, in plain HTTP and open to all who reach it: what asks there shows neither a token nor a
/// certificate, so nothing secret is told.
/// </summary>
public sealed record MonitoringOptions
{
    /// <summary>IP address to listen on. 127.0.0.1 by default: a cluster's probes come from other addresses, which is asked for then.</summary>
    public string ListenAddress { get; init; } = "127.0.0.1";

    /// <summary>TCP port, 0 for any that is free; null, the default, for none: a host on a laptop is watched by its user.</summary>
    public int? Port { get; init; }
}
