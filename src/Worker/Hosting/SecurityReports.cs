using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Worker.Hosting;

/// <summary>Logs what happens to certificates and the token.</summary>
internal sealed partial class SecurityReports(ILogger<SecurityReports> logger) : ISecurityReports
{
    /// <inheritdoc/>
    public void Reloaded(string message) => LogReloaded(logger, message);

    /// <inheritdoc/>
    public void Warn(string message) => LogWarning(logger, message);

    [LoggerMessage(EventId = 150, Level = LogLevel.Information, Message = "{Message}")]
    private static partial void LogReloaded(ILogger logger, string message);

    [LoggerMessage(EventId = 151, Level = LogLevel.Warning, Message = "{Message}")]
    private static partial void LogWarning(ILogger logger, string message);
}
