namespace Maml.Cluster.Coordinator.Clustering;

/// <summary>What is said about runs that coordinators share. Event ids 8000 to 8099.</summary>
internal static partial class ClusteringLog
{
    [LoggerMessage(8000, LogLevel.Information, "This is coordinator {Id} of cluster '{Cluster}', at {Address}.")]
    public static partial void Joined(this ILogger logger, string id, string cluster, Uri address);

    [LoggerMessage(8001, LogLevel.Warning, "{Runs} lease(s) could not be renewed: {Fault} It is tried again; runs whose lease ends are left to others.")]
    public static partial void NotRenewed(this ILogger logger, int runs, string fault);

    [LoggerMessage(8002, LogLevel.Warning, "Run '{Run}' could not be let go; others may take it when its lease ends. {Fault}")]
    public static partial void NotReleased(this ILogger logger, string run, string fault);

    [LoggerMessage(8003, LogLevel.Debug, "Run '{Run}' is not this coordinator's any more, which had it under epoch {Epoch}.")]
    public static partial void Lost(this ILogger logger, string run, long epoch);

    [LoggerMessage(8004, LogLevel.Warning, "Run '{Run}' was taken by another coordinator; this one had it under epoch {Epoch}.")]
    public static partial void Overtaken(this ILogger logger, string run, long epoch);

    [LoggerMessage(8005, LogLevel.Information, "Run '{Run}' goes on here under epoch {Epoch}; its last owner was {Owner}, whose lease ended {Seconds:0.00} s before.")]
    public static partial void TookOver(this ILogger logger, string run, long epoch, string owner, double seconds);

    [LoggerMessage(8006, LogLevel.Error, "Run '{Run}' cannot go on here: {Fault} The next attempt is due in {Seconds:0} s, or sooner elsewhere.")]
    public static partial void CannotGoOnHere(this ILogger logger, string run, string fault, double seconds);

    [LoggerMessage(8007, LogLevel.Warning, "Nobody could see to run '{Run}': {Fault} It is tried again.")]
    public static partial void NotWoken(this ILogger logger, string run, string fault);

    [LoggerMessage(8008, LogLevel.Warning, "A worker says that run '{Run}' has epoch {Seen} and not {Epoch}; the ledger is asked at once.")]
    public static partial void EpochDoubted(this ILogger logger, string run, long epoch, long seen);

    [LoggerMessage(8010, LogLevel.Warning, "Coordinator {Id} at {Address} does not answer: {Fault} Its runs are listed by their records.")]
    public static partial void PeerSilent(this ILogger logger, string id, Uri address, string fault);

    [LoggerMessage(8011, LogLevel.Debug, "The database could not be asked for runs to go on with: {Fault} It is tried again.")]
    public static partial void NotSwept(this ILogger logger, string fault);

    [LoggerMessage(8012, LogLevel.Warning, "A connection between silos was refused: {Reason}")]
    public static partial void SiloRefused(this ILogger logger, string reason);

    [LoggerMessage(8009, LogLevel.Critical, "The other coordinators take this one for dead: it was out of reach for too long. It ends, and can be started again. {Context}")]
    public static partial void Expelled(this ILogger logger, string context, Exception? exception);
}
