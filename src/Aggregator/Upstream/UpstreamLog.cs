namespace Maml.Cluster.Aggregator.Upstream;

/// <summary>What is said about the coordinator above. Event ids 5000 to 5099.</summary>
internal static partial class UpstreamLog
{
    [LoggerMessage(7000, LogLevel.Information, "Attached to {Coordinator} as {Id}.")]
    public static partial void Attached(this ILogger logger, Uri coordinator, string id);

    [LoggerMessage(7001, LogLevel.Warning, "Lost the coordinator: {Reason}.")]
    public static partial void Lost(this ILogger logger, string reason);

    [LoggerMessage(7002, LogLevel.Warning, "No session with {Coordinator}, attempt {Attempt}; next one in {Delay}: {Reason}.")]
    public static partial void NotAttached(this ILogger logger, Uri coordinator, int attempt, TimeSpan delay, string reason);

    [LoggerMessage(7003, LogLevel.Information, "Draining: {Reason}.")]
    public static partial void Draining(this ILogger logger, string reason);

    [LoggerMessage(7004, LogLevel.Warning, "Not done within {Limit} of draining; what is left goes back to the coordinator.")]
    public static partial void DrainTimedOut(this ILogger logger, TimeSpan limit);

    [LoggerMessage(7005, LogLevel.Warning, "Lease {Lease} of run '{Run}' is given back: {Reason}")]
    public static partial void GroupFailed(this ILogger logger, ulong lease, string run, string reason);

    [LoggerMessage(7006, LogLevel.Warning, "Run '{Run}' cannot be relayed: {Reason}")]
    public static partial void RunRefused(this ILogger logger, string run, string reason);

    [LoggerMessage(7007, LogLevel.Information, "{Message}")]
    public static partial void Reloaded(this ILogger logger, string message);

    [LoggerMessage(7008, LogLevel.Warning, "{Message}")]
    public static partial void NeedsAPerson(this ILogger logger, string message);

    [LoggerMessage(7009, LogLevel.Information, "Fetching the data set {Hash} from the coordinator.")]
    public static partial void Fetching(this ILogger logger, string hash);

    [LoggerMessage(7010, LogLevel.Warning, "The data set is not cached: {Reason}")]
    public static partial void NotCached(this ILogger logger, string reason);

    [LoggerMessage(7011, LogLevel.Information, "{Coordinator} sends this aggregator to {Address}: {Reason}")]
    public static partial void SentOn(this ILogger logger, Uri coordinator, Uri address, string reason);

    [LoggerMessage(7012, LogLevel.Warning, "Run '{Run}' came under epoch {Epoch}, but epoch {Seen} was seen of it: another coordinator works on it now, and nothing is relayed for this one.")]
    public static partial void EpochRefused(this ILogger logger, string run, ulong epoch, ulong seen);
}
