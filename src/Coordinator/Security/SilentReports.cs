using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Security;

/// <summary>For a look at files before there is a log.</summary>
internal sealed class SilentReports : ISecurityReports
{
    /// <inheritdoc/>
    public void Reloaded(string message)
    {
    }

    /// <inheritdoc/>
    public void Warn(string message)
    {
    }
}
