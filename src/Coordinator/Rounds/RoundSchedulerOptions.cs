namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>Limits of <see cref="RoundScheduler"/>.</summary>
/// <param name="LeaseDuration">Time that a worker has for a chunk.</param>
internal sealed record RoundSchedulerOptions(TimeSpan LeaseDuration)
{
    private static readonly TimeSpan ShortestSuspension = TimeSpan.FromSeconds(1);

    /// <summary>Time without a sign of life after which a worker is let go. 10 s by default, as five heartbeats of 2 s.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When failed chunks are tried again.</summary>
    public RetryOptions Retries { get; init; } = new();

    /// <summary>When slow chunks get a second lease.</summary>
    public SpeculationOptions Speculation { get; init; } = new();

    /// <summary>When a worker gets no chunks.</summary>
    public QuarantineOptions Quarantine { get; init; } = new();

    /// <summary>
    /// Time between two events above which the coordinator itself must have stood still, since it is told the time every second or
    /// so. Half the limit of silence: a worker cannot have missed it while the coordinator slept for less.
    /// </summary>
    public TimeSpan SuspensionThreshold => SilenceLimit / 2 > ShortestSuspension ? SilenceLimit / 2 : ShortestSuspension;

    /// <summary>Faults of a chunk after which a quarantined worker may try it although others stay that have failed on it.</summary>
    public int FaultsBeforeReprieve => Math.Max(1, Retries.MaximumFailures / 2);
}
