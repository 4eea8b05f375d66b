namespace Maml.Cluster.Cli.LocalCluster;

/// <summary>Whether and when a worker that ended is started again. Pure: time comes in as an argument.</summary>
internal sealed class RestartPolicy
{
    /// <summary>A worker that lived this long was well; what ended it is a new trouble.</summary>
    public static readonly TimeSpan HealthyLife = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    // With doubling delays about three seconds: long enough for a passing shortage, short enough for a person who waits.
    private const int MostShortLives = 6;

    private int _shortLives;

    /// <summary>The time to wait before the next start, or null when another start would end the same way.</summary>
    /// <param name="lived">How long the worker lived.</param>
    /// <param name="exitCode">How it ended.</param>
    public TimeSpan? NextDelay(TimeSpan lived, int exitCode)
    {
        if (lived >= HealthyLife) _shortLives = 0;
        _shortLives++;
        // A worker that ends by itself so early has said why, and will say it again; one that was killed has not.
        bool refusedToStart = exitCode is CommandLine.ExitCode.Failed or CommandLine.ExitCode.WrongUsage && lived < HealthyLife;
        if (refusedToStart || _shortLives > MostShortLives) return null;
        TimeSpan delay = FirstDelay * Math.Pow(2, _shortLives - 1);
        return delay < LongestDelay ? delay : LongestDelay;
    }
}
