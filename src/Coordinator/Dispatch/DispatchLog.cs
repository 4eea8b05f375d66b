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
}
