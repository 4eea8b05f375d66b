using System.Globalization;
using System.Text.Json.Nodes;
using Maml.Cluster.Deploy.Tests.Support;

namespace Maml.Cluster.Deploy.Tests.Network;

/// <summary>What network policies let through, by the rules of Kubernetes: a pod that a policy selects lets through what one of them allows.</summary>
internal sealed class NetworkPolicies(IReadOnlyList<JsonObject> objects)
{
    private readonly IReadOnlyList<JsonObject> _policies = [.. objects.Where(found => found.Text("kind") == "NetworkPolicy")];

    /// <summary>Whether one endpoint reaches a port of another.</summary>
    public bool Allow(Endpoint from, Endpoint to, int port) =>
        Allow("Egress", "egress", "to", from, to, to, port) && Admit(from, to, port);

    /// <summary>Whether a port is open to an endpoint, whatever that may send.</summary>
    public bool Admit(Endpoint from, Endpoint to, int port) => Allow("Ingress", "ingress", "from", to, from, to, port);

    private bool Allow(string type, string rules, string peers, Endpoint selected, Endpoint other, Endpoint server, int port)
    {
        // A node is not a pod: no policy selects it.
        JsonObject[] applying =
        [
            .. _policies.Where(policy => policy.Text("metadata.namespace") == selected.Namespace
                && policy.At("spec.podSelector").Matches(selected.Labels)
                && policy.Items("spec.policyTypes").Any(found => found.ToString() == type)),
        ];
        return applying.Length == 0 || applying.SelectMany(policy => policy.Items($"spec.{rules}"))
            .Any(rule => Peers(rule, peers).Any(peer => IsPeer(peer, selected, other)) && Ports(rule, server, port));
    }

    private static IEnumerable<JsonNode> Peers(JsonNode rule, string peers)
    {
        rule.Items(peers).ShouldNotBeEmpty("a rule without peers lets everybody through");
        return rule.Items(peers);
    }

    private static bool IsPeer(JsonNode peer, Endpoint selected, Endpoint other) =>
        (peer.Key("namespaceSelector") is { } spaces ? spaces.Matches(other.NamespaceLabels) : selected.Namespace == other.Namespace)
        && peer.Key("podSelector").Matches(other.Labels);

    private static bool Ports(JsonNode rule, Endpoint server, int port)
    {
        rule.Items("ports").ShouldNotBeEmpty("a rule without ports lets everything through");
        return rule.Items("ports").Any(found => found.Text("port") == port.ToString(CultureInfo.InvariantCulture)
            || server.PortNames.GetValueOrDefault(found.Text("port")!) == port);
    }
}
