using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Security;

/// <summary>Logs what happens to certificates and tokens.</summary>
internal sealed class SecurityReports(ILogger<SecurityReports> logger) : ISecurityReports
{
    /// <inheritdoc/>
    public void Reloaded(string message) => logger.FileReloaded(message);

    /// <inheritdoc/>
    public void Warn(string message) => logger.FileNeedsAPerson(message);
}
