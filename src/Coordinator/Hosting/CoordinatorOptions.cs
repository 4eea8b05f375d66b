using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Rounds;
using Maml.Cluster.Coordinator.Security;
using Maml.Cluster.Coordinator.Storage;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Shared.Handover;
using Maml.Cluster.Shared.Monitoring;
using Maml.Cluster.Shared.Telemetry;

namespace Maml.Cluster.Coordinator.Hosting;

/// <summary>What a coordinator is started with.</summary>
public sealed record CoordinatorOptions
{
    /// <summary>IP address to listen on. 127.0.0.1 by default: nothing outside the machine gets in unless asked for.</summary>
    public string ListenAddress { get; init; } = "127.0.0.1";

    /// <summary>TCP port to listen on, 0 for any that is free. 5100 by default, next to ASP.NET Core's own 5000.</summary>
    public int Port { get; init; } = 5100;

    /// <summary>Folder that holds one folder a run. <c>runs</c> below the current folder by default.</summary>
    public string RunsDirectory { get; init; } = "runs";

    /// <summary>Whom runs are shared with. Nobody by default.</summary>
    public ClusteringOptions Cluster { get; init; } = new();

    /// <summary>The PostgreSQL that keeps runs. None by default.</summary>
    public DatabaseOptions Database { get; init; } = new();

    /// <summary>Where checkpoints, and the rest of a run with them, are kept.</summary>
    public CheckpointOptions Checkpoints { get; init; } = new();

    /// <summary>Folder with the authors' Omniglot, as files or as their two zip archives. None by default; runs on Omniglot need it.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Folder for decoded data sets. The user's cache folder by default, which the machine's workers share.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>Allows an address other than loopback although traffic is not both encrypted and authenticated. Off by default.</summary>
    public bool InsecureAllowRemote { get; init; }

    /// <summary>Certificates and tokens. None by default, which loopback needs none of.</summary>
    public CoordinatorSecurityOptions Security { get; init; } = new();

    /// <summary>
    /// Whether operators and viewers may ask for the contract by gRPC's server reflection. Off by default: the contract is published as files,
    /// and what is not served cannot be asked anything.
    /// </summary>
    public bool Reflection { get; init; }

    /// <summary>Where probes and scrapes are answered. Nowhere by default.</summary>
    public MonitoringOptions Monitoring { get; init; } = new();

    /// <summary>Where measurements are sent. Nowhere by default.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>What clients may take.</summary>
    public CoordinatorLimits Limits { get; init; } = new();

    /// <summary>Time between a worker's signs of life. 2 s by default: a few bytes, and soon enough beside a chunk's duration.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Intervals without any message after which a worker counts as lost. 5 by default: a machine under load may miss a few.</summary>
    public int MissedHeartbeats { get; init; } = 5;

    /// <summary>
    /// Time after which a chunk is handed to another worker. 60 s by default: far above the slowest chunk of the presets, since a
    /// worker that is dead is found by its stream or its heartbeats long before.
    /// </summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>When a chunk that failed is tried again, and when its round is given up.</summary>
    public RetryOptions Retries { get; init; } = new();

    /// <summary>When a chunk that takes long is handed to a second worker as well.</summary>
    public SpeculationOptions Speculation { get; init; } = new();

    /// <summary>When a worker that misbehaves gets no chunks, and for how long.</summary>
    public QuarantineOptions Quarantine { get; init; } = new();

    /// <summary>
    /// Time that a stopping run may take to end the iteration at hand before it is given up. 2 s by default, so that Ctrl-C is
    /// answered within 5 s, checkpoint included.
    /// </summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Runs that compute at once. 4 by default: they take turns at the workers, so more of them end no sooner, and each keeps its
    /// weights in the workers' memory.
    /// </summary>
    public int MaximumActiveRuns { get; init; } = 4;

    /// <summary>Runs that may wait for a place among those. 100 by default: a night's worth of small runs.</summary>
    public int MaximumQueuedRuns { get; init; } = 100;

    /// <summary>
    /// Whether runs that an earlier coordinator left unfinished in the folder of runs go on by themselves, and finished ones are listed.
    /// On by default; a coordinator that lives for a single command has no use for it.
    /// </summary>
    public bool RecoverRuns { get; init; } = true;

    /// <summary>
    /// The folder in memory that workers of this machine share with the coordinator. None by default: only who starts both knows that
    /// they run on the same machine.
    /// </summary>
    public HandoverWriter? Handover { get; init; }

    /// <summary>Sets up logging in the place of the default, which is one line an event on standard error.</summary>
    public Action<ILoggingBuilder>? ConfigureLogging { get; init; }

    /// <summary>Whether runs are kept in the database; their folders are working copies then.</summary>
    internal bool KeepsRunsInDatabase =>
        (Checkpoints.Store ?? (Cluster.Kind == ClusterKind.Orleans ? CheckpointStoreKind.Postgres : CheckpointStoreKind.Folder)) == CheckpointStoreKind.Postgres;

    /// <summary>What concerns the scheduler of the rounds.</summary>
    internal RoundSchedulerOptions ToSchedulerOptions() => new(LeaseDuration)
    {
        SilenceLimit = HeartbeatInterval * MissedHeartbeats,
        Retries = Retries,
        Speculation = Speculation,
        Quarantine = Quarantine,
    };
}
