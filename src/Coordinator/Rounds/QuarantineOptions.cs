namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>
/// When a worker gets no chunks for a while. A worker gets a strike for a chunk that it failed, answered with nonsense or let expire
/// and that another worker then computed; for being overtaken; and for an answer to a lease that was never its own.
/// </summary>
public sealed record QuarantineOptions
{
    /// <summary>Strikes that put a worker in quarantine. 5 by default: a worker of two slots that stood still twice is not broken yet.</summary>
    public int StrikeLimit { get; init; } = 5;

    /// <summary>Accepted results in a row that make up for one strike. 10 by default: who is wrong in one chunk of ten gets no further.</summary>
    public int ResultsPerStrike { get; init; } = 10;

    /// <summary>How long the first quarantine lasts; each further one lasts twice as long. 10 s by default: what passes by itself has passed by then.</summary>
    public TimeSpan FirstDuration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a quarantine lasts at most. 10 min by default: a worker that was mended without a restart is back in bearable time.</summary>
    public TimeSpan LongestDuration { get; init; } = TimeSpan.FromMinutes(10);
}
