namespace Maml.Cluster.Worker.Sessions;

/// <summary>What is logged about sessions.</summary>
internal static partial class SessionLog
{
    [LoggerMessage(EventId = 100, Level = LogLevel.Information, Message = "Attached to {Coordinator} as {WorkerId}, computing on {Device}")]
    public static partial void Attached(ILogger logger, Uri coordinator, string workerId, string device);

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "Lost the coordinator: {Reason}")]
    public static partial void Lost(ILogger logger, string reason);

    [LoggerMessage(EventId = 102, Level = LogLevel.Warning, Message = "No session with {Coordinator}, attempt {Attempt}; next one in {Delay}: {Reason}")]
    public static partial void NotAttached(ILogger logger, Uri coordinator, int attempt, TimeSpan delay, string reason);

    [LoggerMessage(EventId = 103, Level = LogLevel.Information, Message = "Draining: {Reason}")]
    public static partial void Draining(ILogger logger, string reason);

    [LoggerMessage(EventId = 104, Level = LogLevel.Warning, Message = "Not done within {Limit} of draining; the chunks that are left go back to the coordinator")]
    public static partial void DrainTimedOut(ILogger logger, TimeSpan limit);

    [LoggerMessage(EventId = 105, Level = LogLevel.Information, Message = "Run {RunId} specified: {Parameters} parameters")]
    public static partial void RunSpecified(ILogger logger, string runId, ulong parameters);

    [LoggerMessage(EventId = 106, Level = LogLevel.Error, Message = "Run {RunId} cannot be computed here: {Reason}")]
    public static partial void RunRefused(ILogger logger, string runId, string reason);

    [LoggerMessage(EventId = 107, Level = LogLevel.Error, Message = "Lease {LeaseId} of run {RunId} failed: {Reason}")]
    public static partial void ChunkFailed(ILogger logger, ulong leaseId, string runId, string reason, Exception? cause);

    [LoggerMessage(EventId = 108, Level = LogLevel.Debug, Message = "Lease {LeaseId} of run {RunId} done: {Tasks} tasks in {Seconds:F3} s")]
    public static partial void ChunkDone(ILogger logger, ulong leaseId, string runId, int tasks, double seconds);

    [LoggerMessage(EventId = 109, Level = LogLevel.Debug, Message = "Lease {LeaseId} of run {RunId} is void; its chunk is dropped")]
    public static partial void ChunkDropped(ILogger logger, ulong leaseId, string runId);

    [LoggerMessage(EventId = 110, Level = LogLevel.Debug, Message = "Run {RunId} forgotten")]
    public static partial void RunForgotten(ILogger logger, string runId);

    [LoggerMessage(EventId = 111, Level = LogLevel.Information, Message = "{Coordinator} sends this worker to {Address}: {Reason}")]
    public static partial void SentOn(ILogger logger, Uri coordinator, Uri address, string reason);

    [LoggerMessage(EventId = 112, Level = LogLevel.Warning, Message = "Run {RunId} came under epoch {Epoch}, but epoch {Seen} was seen of it: another coordinator works on it now, and nothing is computed for this one")]
    public static partial void EpochRefused(ILogger logger, string runId, ulong epoch, ulong seen);
}
