namespace Maml.Cluster.Coordinator.Records;

/// <summary>What is said about a run's files. Event ids 3300 to 3399.</summary>
internal static partial class RecordLog
{
    [LoggerMessage(3300, LogLevel.Warning, "Run '{Run}': {Fault}")]
    public static partial void TableFaulted(this ILogger logger, string run, string fault);

    [LoggerMessage(3301, LogLevel.Information, "Run '{Run}': {News}")]
    public static partial void TableRecovered(this ILogger logger, string run, string news);

    [LoggerMessage(3302, LogLevel.Warning, "Run '{Run}': {Notice}")]
    public static partial void FileNotUsed(this ILogger logger, string run, string notice);

    /// <summary>A table's trouble begins or is over.</summary>
    public static void Report(this ILogger logger, string run, TableFault fault)
    {
        if (fault.IsOver) logger.TableRecovered(run, fault.Message);
        else logger.TableFaulted(run, fault.Message);
    }
}
