using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Aggregator.Hosting;

/// <summary>What an aggregator is started with.</summary>
public sealed record AggregatorOptions
{
    /// <summary>Address of the coordinator that it is a worker of, such as <c>http://127.0.0.1:5100</c>.</summary>
    public required Uri Coordinator { get; init; }

    /// <summary>What it shows the coordinator, and whom it trusts there. Nothing by default, which a coordinator on this machine needs.</summary>
    public ClientCredentials Credentials { get; init; } = new();

    /// <summary>A name for people; the machine's name and the process by default.</summary>
    public string Name { get; init; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>
    /// How it serves its own workers: a coordinator's options, as far as they concern workers. Port 5101 by default, next to that of a
    /// coordinator on the same machine.
    /// </summary>
    public CoordinatorOptions Serving { get; init; } = new() { Port = DefaultPort };

    /// <summary>How long leaving may take before what is held goes back. 4 s by default, so that Ctrl-C ends within 5.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The longest wait between two attempts to attach. 10 s by default: no longer than a restarted coordinator should stay alone.</summary>
    public TimeSpan MaximumReconnectDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The port that an aggregator listens on unless told otherwise.</summary>
    public static int DefaultPort => 5101;
}
