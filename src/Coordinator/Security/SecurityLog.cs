namespace Maml.Cluster.Coordinator.Security;

/// <summary>What is said about certificates, tokens and those who are refused. Event ids 6000 to 6099.</summary>
internal static partial class SecurityLog
{
    [LoggerMessage(6000, LogLevel.Information, "{Message}")]
    public static partial void FileReloaded(this ILogger logger, string message);

    [LoggerMessage(6001, LogLevel.Warning, "{Message}")]
    public static partial void FileNeedsAPerson(this ILogger logger, string message);

    [LoggerMessage(6002, LogLevel.Warning, "A call of {Method} from {Address} was refused: {Reason} {Others} others were refused since the last such line.")]
    public static partial void Refused(this ILogger logger, string method, string address, string reason, long others);
}
