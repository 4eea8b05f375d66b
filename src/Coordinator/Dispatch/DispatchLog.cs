namespace Maml.Cluster.Coordinator.Dispatch;

/// <summary>What is said about leases. Event ids 2000 to 2099.</summary>
internal static partial class DispatchLog
{
    [LoggerMessage(2000, LogLevel.Warning, "Worker '{Worker}' left with lease {Lease} (chunk {Chunk}, iteration {Iteration}, run '{Run}'); the chunk goes to another.")]
    public static partial void LeaseLost(this ILogger logger, ulong lease, int chunk, long iteration, string run, string worker);

    [LoggerMessage(2001, LogLevel.Warning, "Lease {Lease} (chunk {Chunk}, iteration {Iteration}, run '{Run}') of worker '{Worker}' has ended without an answer; the chunk goes to another.")]
    public static partial void LeaseExpired(this ILogger logger, ulong lease, int chunk, long iteration, string run, string worker);

    [LoggerMessage(2002, LogLevel.Warning, "Chunk {Chunk} (iteration {Iteration}, run '{Run}') failed on worker '{Worker}': {Reason}")]
    public static partial void ChunkFailed(this ILogger logger, int chunk, long iteration, string run, string worker, string reason);

    [LoggerMessage(2003, LogLevel.Information, "Chunk {Chunk} (iteration {Iteration}, run '{Run}') takes long; worker '{Worker}' computes it as well, under lease {Lease}.")]
    public static partial void Speculated(this ILogger logger, ulong lease, int chunk, long iteration, string run, string worker);

    [LoggerMessage(2004, LogLevel.Information, "The second lease of chunk {Chunk} (iteration {Iteration}, run '{Run}') was answered first.")]
    public static partial void SpeculationWon(this ILogger logger, int chunk, long iteration, string run);

    [LoggerMessage(2005, LogLevel.Warning, "Worker '{Worker}' gets a strike and has {Strikes} now: {Reason}.")]
    public static partial void Strike(this ILogger logger, string worker, int strikes, string reason);

    [LoggerMessage(2006, LogLevel.Warning, "Worker '{Worker}' is in quarantine: it gets no chunks for {Seconds:0.###} s.")]
    public static partial void Quarantined(this ILogger logger, string worker, double seconds);

    [LoggerMessage(2007, LogLevel.Information, "The quarantine of worker '{Worker}' is over: it gets one chunk to prove itself.")]
    public static partial void OnTrial(this ILogger logger, string worker);

    [LoggerMessage(2008, LogLevel.Warning, "The quarantine of worker '{Worker}' ends early, since no other worker can take a chunk; it gets one to prove itself.")]
    public static partial void OnTrialEarly(this ILogger logger, string worker);

    [LoggerMessage(2009, LogLevel.Information, "Worker '{Worker}' has proved itself and is trusted as before.")]
    public static partial void Trusted(this ILogger logger, string worker);
}
