namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>How quickly workers are placed.</summary>
internal sealed record PlacementTimes
{
    /// <summary>Time between two reports of a coordinator. 1 s: a few hundred bytes, and a run that was taken over gets its workers back as soon.</summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time without a report after which a coordinator counts as gone. 5 s: a few reports may be lost, and arrivals are not sent there for long.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Time after which a coordinator no longer waits for the directory, and goes by the ledger. 2 s: it answers within milliseconds, and no run's
    /// workers may wait for Orleans to find out that the one that had the directory is gone, some 13 s later.
    /// </summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Time from the end of a lease until somebody has taken the run. 3 s: runs that nobody has had for a second are looked for once a second.
    /// </summary>
    public TimeSpan TakeOverLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Time for which the directory may not know of a coordinator that has runs, before workers go there by the ledger. 10 s: one that is about to
    /// end lets its runs go sooner, and Orleans may have two directories for a moment when coordinators start together.
    /// </summary>
    public TimeSpan UnknownLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Time after which a worker that has left for another coordinator, and has not come there, counts as gone. 10 s: it dials at once, and
    /// elsewhere within a few seconds where nobody answers.
    /// </summary>
    public TimeSpan FlightLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time after its start in which a directory only listens. 3 s: three reports of every coordinator.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a coordinator keeps its last worker while others have none. 1 min: far above what it costs a worker to change over.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Arrivals that are placed ahead. 32: what a node pool brings in a second.</summary>
    public int Arrivals { get; init; } = 32;
}
