namespace Maml.Cluster.Coordinator.Rounds;

/// <summary>How a worker has behaved.</summary>
/// <param name="name">The worker's name.</param>
internal sealed class WorkerConduct(string name)
{
    private int _resultsInRow;

    /// <summary>The worker's name.</summary>
    public string Name => name;

    /// <summary>Strikes since the last quarantine began or ended.</summary>
    public int Strikes { get; private set; }

    /// <summary>How often the next quarantine's duration is doubled.</summary>
    public int Severity { get; private set; }

    /// <summary>Whether it gets no chunks.</summary>
    public bool IsQuarantined { get; private set; }

    /// <summary>When the quarantine ends.</summary>
    public TimeSpan Until { get; private set; }

    /// <summary>Whether it gets one chunk to prove itself.</summary>
    public bool IsOnTrial { get; private set; }

    /// <summary>Whether there is nothing to be remembered.</summary>
    public bool IsClean => Strikes == 0 && Severity == 0 && !IsQuarantined && !IsOnTrial;

    /// <summary>Adds a strike.</summary>
    /// <returns>Whether it is enough: a quarantine has to begin, or has to begin anew.</returns>
    public bool AddStrike(QuarantineOptions options)
    {
        Strikes++;
        _resultsInRow = 0;
        return IsOnTrial || Strikes >= options.StrikeLimit;
    }

    /// <summary>Begins a quarantine, or begins it anew.</summary>
    /// <returns>How long it lasts.</returns>
    public TimeSpan Quarantine(QuarantineOptions options, TimeSpan now)
    {
        TimeSpan duration = Doubling.Of(options.FirstDuration, Severity, options.LongestDuration);
        if (duration < options.LongestDuration) Severity++;
        Until = now + duration;
        IsQuarantined = true;
        IsOnTrial = false;
        Strikes = 0;
        return duration;
    }

    /// <summary>Ends a quarantine: one chunk decides.</summary>
    public void BeginTrial()
    {
        IsQuarantined = false;
        IsOnTrial = true;
        Strikes = 0;
    }

    /// <summary>Counts an accepted result.</summary>
    /// <returns>Whether it has ended a trial.</returns>
    public bool AddResult(QuarantineOptions options)
    {
        bool hasPassed = IsOnTrial;
        IsOnTrial = false;
        if (++_resultsInRow < options.ResultsPerStrike) return hasPassed;
        _resultsInRow = 0;
        if (Strikes > 0) Strikes--;
        else if (Severity > 0) Severity--;
        return hasPassed;
    }
}
