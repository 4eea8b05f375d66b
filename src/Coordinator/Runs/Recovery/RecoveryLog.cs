namespace Maml.Cluster.Coordinator.Runs.Recovery;

/// <summary>What is said about runs that were left by an earlier coordinator. Event ids 3200 to 3299.</summary>
internal static partial class RecoveryLog
{
    [LoggerMessage(3200, LogLevel.Information, "{Runs} earlier run(s) in {Directory}, {Unfinished} of them unfinished.")]
    public static partial void Found(this ILogger logger, int runs, int unfinished, string directory);

    [LoggerMessage(3201, LogLevel.Warning, "A run is passed over: {Fault}")]
    public static partial void RunPassedOver(this ILogger logger, string fault);

    [LoggerMessage(3202, LogLevel.Warning, "Run '{Run}' is under way in another process; it is left to that.")]
    public static partial void RunHeld(this ILogger logger, string run);

    [LoggerMessage(3203, LogLevel.Error, "Run '{Run}' cannot go on: {Fault} It is tried again at the next start, or with `maml runs resume`.")]
    public static partial void CannotGoOn(this ILogger logger, string run, string fault);
}
