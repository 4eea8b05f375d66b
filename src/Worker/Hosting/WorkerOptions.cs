using Maml.Cluster.Shared.Monitoring;
using Maml.Cluster.Shared.Security;
using Maml.Cluster.Shared.Telemetry;
using Maml.Cluster.Worker.Devices;

namespace Maml.Cluster.Worker.Hosting;

/// <summary>How a worker runs. What it computes comes from the coordinator.</summary>
public sealed record WorkerOptions
{
    /// <summary>The coordinator's address, such as <c>http://127.0.0.1:5100</c> or <c>https://coordinator:5100</c>.</summary>
    public required Uri Coordinator { get; init; }

    /// <summary>The device to compute on, as PyTorch names it: <c>cpu</c>, the default, or <c>cuda:0</c>.</summary>
    public string Device { get; init; } = DeviceCatalog.Cpu;

    /// <summary>A name for people; the machine's name and the process by default.</summary>
    public string Name { get; init; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>Where decoded data sets are kept; null for the user's cache folder.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>A folder with Omniglot, looked into before a data set is downloaded; null for none.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>
    /// The folder in memory that the coordinator shares with workers of its own machine. Null, the default, for none: vectors go through
    /// the connection. One that is not there is no fault and means the same.
    /// </summary>
    public string? HandoverDirectory { get; init; }

    /// <summary>Threads for one operation on the CPU. 1 by default: one worker a core beats one worker with several threads.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Chunks to hold at once, 1 to 16. 2 by default: one is computed while the next one waits, so the device never does.</summary>
    public int ChunkSlots { get; init; } = 2;

    /// <summary>Port on loopback for <c>grpc.health.v1</c>; 0, the default, for none.</summary>
    public int HealthPort { get; init; }

    /// <summary>Where probes and scrapes are answered. Nowhere by default.</summary>
    public MonitoringOptions Monitoring { get; init; } = new();

    /// <summary>Where measurements are sent. Nowhere by default.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>Whether a coordinator that is not on this machine may be dialled in plain text.</summary>
    public bool InsecureAllowRemote { get; init; }

    /// <summary>What the worker shows the coordinator, and whom it trusts. Nothing by default, which a coordinator on this machine needs.</summary>
    public ClientCredentials Credentials { get; init; } = new();

    /// <summary>How long draining may take before what is left goes back. 4 s by default, so that Ctrl-C ends within 5.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The longest wait between two attempts to attach. 10 s by default: no longer than a restarted coordinator should stay alone.</summary>
    public TimeSpan MaximumReconnectDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What is logged to standard error. Information by default: attaching, draining and what goes wrong.</summary>
    public LogLevel MinimumLogLevel { get; init; } = LogLevel.Information;
}
