using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Clustering;

/// <summary>How coordinators share runs: the section <c>cluster</c> of a coordinator's configuration.</summary>
public sealed record ClusteringOptions
{
    /// <summary>With whom. Nobody by default: one machine needs neither Orleans nor a database.</summary>
    public ClusterKind Kind { get; init; } = ClusterKind.Local;

    /// <summary>Name of the cluster; coordinators that share a database and a name share their runs. <c>maml</c> by default.</summary>
    public string Name { get; init; } = "maml";

    /// <summary>
    /// Where other coordinators and workers reach this one's gRPC services, such as <c>https://maml-coordinator-0.maml-coordinators:5100</c>.
    /// The address that it listens on by default, which only serves where that is loopback.
    /// </summary>
    public Uri? AdvertisedAddress { get; init; }

    /// <summary>
    /// What this coordinator shows to others when it passes calls on of callers who have shown no token, and whom it trusts. Nothing by
    /// default: a caller's token is passed on. Callers with certificates need a client certificate here, of an operator.
    /// </summary>
    public ClientCredentials Peers { get; init; } = new();

    /// <summary>IP address at which the other coordinators' silos reach this one's. The address that it listens on by default, or the machine's first where that is all of them.</summary>
    public string? SiloAddress { get; init; }

    /// <summary>TCP port between silos. Orleans' own 11111 by default.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>Whom silos trust. Whoever reaches the port by default, which loopback allows only.</summary>
    public SiloSecurityOptions Silo { get; init; } = new();

    /// <summary>
    /// How long a coordinator has a run without renewing that. 6 s by default: a run of a coordinator that is gone goes on within 15 s also
    /// where machines are slow, and a database that hesitates for a few seconds costs nothing.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How often leases are renewed. 1.5 s by default: three attempts within a lease.</summary>
    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// How long before the end of a lease that could not be renewed the coordinator stops the run. 1 s by default: stopping is a matter
    /// of milliseconds, and a machine under load may be late.
    /// </summary>
    public TimeSpan HaltMargin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often somebody looks whether a run has an owner. 3 s by default: a row read for each unfinished run.</summary>
    public TimeSpan WakeInterval { get; init; } = TimeSpan.FromSeconds(3);
}
