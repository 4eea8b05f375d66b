using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Aggregator.Upstream;

/// <summary>Logs what happens to the certificates and the token that the coordinator is shown.</summary>
internal sealed class UpstreamReports(ILogger<UpstreamReports> logger) : ISecurityReports
{
    /// <inheritdoc/>
    public void Reloaded(string message) => logger.Reloaded(message);

    /// <inheritdoc/>
    public void Warn(string message) => logger.NeedsAPerson(message);
}
