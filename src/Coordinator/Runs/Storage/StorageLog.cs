namespace Maml.Cluster.Coordinator.Runs.Storage;

/// <summary>What is said about a run's files. Event ids 3100 to 3199.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(3100, LogLevel.Error, "Run '{Run}' could not write its {What}: {Fault}. The next attempt is due in {Seconds:0} s.")]
    public static partial void NotWritten(this ILogger logger, string run, string what, string fault, double seconds);

    [LoggerMessage(3102, LogLevel.Warning, "Run '{Run}' leaves this coordinator without its {What}: {Fault}")]
    public static partial void Refused(this ILogger logger, string run, string what, string fault);

    [LoggerMessage(3101, LogLevel.Information, "Run '{Run}' can write again: its {What} is on the disk.")]
    public static partial void WrittenAgain(this ILogger logger, string run, string what);
}
