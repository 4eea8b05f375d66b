using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Shared.Tests.Security;

/// <summary>Keeps what it is told.</summary>
internal sealed class RecordedReports : ISecurityReports
{
    public List<string> Reloads { get; } = [];

    public List<string> Warnings { get; } = [];

    public void Reloaded(string message) => Reloads.Add(message);

    public void Warn(string message) => Warnings.Add(message);
}
