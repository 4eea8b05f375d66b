using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.EndToEnd.Clustering.Closed;

/// <summary>Nobody is told: files do not change while a test runs.</summary>
internal sealed class SilentReports : ISecurityReports
{
    public void Reloaded(string message)
    {
    }

    public void Warn(string message)
    {
    }
}
