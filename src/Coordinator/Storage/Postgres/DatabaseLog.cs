namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>What is said about the database. Event ids 3110 to 3149.</summary>
internal static partial class DatabaseLog
{
    [LoggerMessage(3110, LogLevel.Warning, "{Fault}")]
    public static partial void PassedOver(this ILogger logger, string fault);

    [LoggerMessage(3111, LogLevel.Warning, "{Fault}. It is tried again for {Seconds:0} s.")]
    public static partial void Awaited(this ILogger logger, string fault, double seconds);
}
