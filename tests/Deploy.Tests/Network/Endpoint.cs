namespace Maml.Cluster.Deploy.Tests.Network;

/// <summary>Who speaks or is spoken to.</summary>
/// <param name="Namespace">Where the pod is.</param>
/// <param name="Labels">Of the pod.</param>
internal sealed record Endpoint(string Namespace, IReadOnlyDictionary<string, string> Labels)
{
    public IReadOnlyDictionary<string, string> NamespaceLabels { get; init; } = new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = Namespace };

    public IReadOnlyDictionary<string, int> PortNames { get; init; } = new Dictionary<string, int>();
}
