namespace Maml.Cluster.Coordinator.Clustering.Placement;

/// <summary>What is said about where workers go. Event ids 8100 to 8149.</summary>
internal static partial class PlacementLog
{
    [LoggerMessage(8100, LogLevel.Information, "Worker '{Worker}' is sent to the coordinator at {Address}, whose runs need it more.")]
    public static partial void Moves(this ILogger logger, string worker, Uri address);

    [LoggerMessage(8101, LogLevel.Warning, "The directory of workers does not answer; workers go by the ledger until it does: {Reason}")]
    public static partial void NoDirections(this ILogger logger, string reason);

    [LoggerMessage(8102, LogLevel.Information, "The directory of workers answers again.")]
    public static partial void DirectionsAgain(this ILogger logger);

    [LoggerMessage(8105, LogLevel.Warning, "The directory of workers does not know of a coordinator that has runs, for {Limit} s; workers go by the ledger until it does.")]
    public static partial void UnknownOwner(this ILogger logger, double limit);

    [LoggerMessage(8104, LogLevel.Debug, "The ledger could not be asked for owners of runs; workers stay where they are: {Reason}")]
    public static partial void NoOwners(this ILogger logger, string reason);

    [LoggerMessage(8103, LogLevel.Warning, "Worker '{Worker}' has seen epoch {Seen} of run '{Run}', which this coordinator has under epoch {Epoch}; the ledger is asked who has it.")]
    public static partial void SeenElsewhere(this ILogger logger, string worker, string run, ulong epoch, ulong seen);
}
