using Maml.Cluster.Shared.Monitoring;
using Maml.Cluster.Shared.Telemetry;

namespace Maml.Cluster.Cli.LocalCluster;

/// <summary>What a coordinator and its workers on this machine are started with.</summary>
internal sealed record LocalClusterOptions
{
    /// <summary>Folder that holds one folder a run.</summary>
    public required string RunsDirectory { get; init; }

    /// <summary>Device of each worker, such as <c>cpu</c>; its length is the number of workers.</summary>
    public required IReadOnlyList<string> Devices { get; init; }

    /// <summary>Folder with Omniglot; null when tasks need no data.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Port of the coordinator; 0, the default, for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>Where the coordinator is scraped, and its workers at the ports after it. Nowhere by default.</summary>
    public MonitoringOptions Monitoring { get; init; } = new();

    /// <summary>Where all of them send what they measure. Nowhere by default.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>Where a worker is scraped.</summary>
    /// <param name="worker">Its number, from 1.</param>
    public MonitoringOptions MonitoringOf(int worker) => Monitoring.Port is > 0 and { } port ? Monitoring with { Port = port + worker } : Monitoring;
}
