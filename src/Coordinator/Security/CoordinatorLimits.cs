namespace Maml.Cluster.Coordinator.Security;

/// <summary>What one client, and all of them together, may take of a coordinator.</summary>
public sealed record CoordinatorLimits
{
    /// <summary>Bytes of a worker's message, and of one to it. 8 MiB by default: frames of a vector have 1 MiB, curves of many tasks stay below.</summary>
    public int MessageBytes { get; init; } = 8 << 20;

    /// <summary>Bytes of any other request. 64 KiB by default: a run's configuration, the largest, has less than 4 KiB.</summary>
    public int RequestBytes { get; init; } = 64 << 10;

    /// <summary>Bytes of all headers of a request. 16 KiB by default: a token has 512 at most, gRPC's own headers a few hundred.</summary>
    public int HeaderBytes { get; init; } = 16 << 10;

    /// <summary>Calls under way on one connection. 100 by default, as HTTP/2 recommends; a worker has two, a dashboard a handful.</summary>
    public int StreamsPerConnection { get; init; } = 100;

    /// <summary>Connections in all. 4,096 by default: four times the workers, and some 30 KB of memory each.</summary>
    public int Connections { get; init; } = 4096;

    /// <summary>Time for a TLS handshake. 5 s by default: three round trips of a bad line, with room to spare.</summary>
    public TimeSpan HandshakeTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Time for the first bytes after it, for the headers of a call, and for a call's request or the hello of a worker. 10 s by
    /// default: honest clients send them at once.
    /// </summary>
    public TimeSpan FirstMessageTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for which a connection without calls is kept. 2 min by default: clients that ask every minute keep theirs.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Silence of a connection after which it is pinged. 15 s by default, as clients do towards the coordinator.</summary>
    public TimeSpan PingDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time for the answer to a ping. 10 s by default, as long as a worker may be silent.</summary>
    public TimeSpan PingTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Workers attached at once. 1,024 by default: sixteen times the largest cluster that this was designed for.</summary>
    public int Workers { get; init; } = 1024;

    /// <summary>Runs followed at once, by all clients together. 256 by default: people and dashboards; each holds some 100 KB of news at most.</summary>
    public int Watchers { get; init; } = 256;

    /// <summary>Requested evaluations at once. 8 by default: each holds a θ, and they share the workers with the runs.</summary>
    public int Evaluations { get; init; } = 8;

    /// <summary>Adaptations at once. 8 by default: each holds a θ and its examples, and they share the workers with the runs.</summary>
    public int Adaptations { get; init; } = 8;

    /// <summary>Bytes of a request to adapt. 16 MiB by default: 1,273 pictures of Omniglot's size, as many as are taken, have 14 MB uncompressed.</summary>
    public int AdaptationBytes { get; init; } = 16 << 20;

    /// <summary>Data sets sent at once. 64 by default: what each holds besides the shared data set is a frame of 1 MiB.</summary>
    public int Downloads { get; init; } = 64;

    /// <summary>Health followed at once. 64 by default: few, since anybody may, without a token.</summary>
    public int HealthWatchers { get; init; } = 64;

    /// <summary>Clients that ask for the contract at once. 16 by default: people at a prompt, where reflection is on at all.</summary>
    public int Reflections { get; init; } = 16;

    /// <summary>Tasks of a requested evaluation. 100,000 by default: the confidence interval is long below any difference of interest.</summary>
    public int TasksPerRequest { get; init; } = 100_000;
}
