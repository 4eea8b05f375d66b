using System.Text.Json.Nodes;
using Maml.Cluster.Deploy.Tests.Support;
using static Maml.Cluster.Deploy.Tests.Rules.ManifestSurgery;

namespace Maml.Cluster.Deploy.Tests.Rules;

/// <summary>What the objects of a cluster owe one another.</summary>
internal static class SetRules
{
    private static readonly string[] Roles = ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"];
    private static readonly string[] Labels = ["app.kubernetes.io/name", "app.kubernetes.io/part-of"];

    public static IReadOnlyList<ManifestRule> All { get; } =
    [
        new("use-namespace", objects => Names(objects.Where(found => found.Text("kind") is not "Namespace" && found.Text("metadata.namespace") is null or "default")),
            cut => Unset(cut.Worker, "metadata.namespace")),
        new("maml-labels", objects => Names(objects.Where(found => Labels.Any(label => !found.Map("metadata.labels").ContainsKey(label)))),
            cut => ((JsonObject)cut.Worker.At("metadata.labels")!).Remove("app.kubernetes.io/part-of")),
        new("maml-unique-objects", objects => objects.GroupBy(found => found.Name()).Where(group => group.Count() > 1).Select(group => group.Key),
            cut => cut.Add(cut.Worker.ToJsonString())),
        new("mismatching-selector", objects => Names(objects.Where(found => found.At("spec.template") is not null && found.Text("kind") != "Job"
            && (!found.Map("spec.selector.matchLabels").Any() || !found.At("spec.selector").Matches(found.Map("spec.template.metadata.labels"))))),
            cut => Set(cut.Worker, "spec.selector.matchLabels", """{"app":"other"}""")),
        new("dangling-service", objects => Names(OfKind(objects, "Service")
            .Where(service => !PodLabels(objects).Any(labels => Covers(service.Map("spec.selector"), labels)))),
            cut => Set(cut.Find("Service"), "spec.selector", """{"app":"other"}""")),
        new("invalid-target-ports", objects => OfKind(objects, "Service").SelectMany(service => service.Items("spec.ports")
            .Where(port => !objects.Pods().Any(pod => Covers(service.Map("spec.selector"), pod.Pod.Map("metadata.labels")) && HasPort(pod.Pod, port.Text("targetPort"))))
            .Select(port => $"{service.Name()} {port.Text("name")}")),
            cut => Set((JsonObject)cut.Find("Service").Items("spec.ports").First(), "targetPort", "\"other\"")),
        new("exposed-services", objects => Names(OfKind(objects, "Service").Where(service => service.Text("spec.type") is not (null or "ClusterIP"))),
            cut => Set(cut.Find("Service"), "spec.type", "\"LoadBalancer\"")),
        new("non-existent-service-account", objects => objects.Pods()
            .Where(pod => !OfKind(objects, "ServiceAccount").Any(account => account.Text("metadata.name") == pod.Pod.Text("spec.serviceAccountName")))
            .Select(pod => pod.Owner.Name()),
            cut => Set(cut.Pod, "serviceAccountName", "\"somebody\"")),
        new("access-to-secrets", objects => Names(objects.Where(found => Roles.Contains(found.Text("kind")))),
            cut => cut.Add("""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"reader","namespace":"maml"},"rules":[]}""")),
        new("maml-accounts-without-token", objects => Names(OfKind(objects, "ServiceAccount").Where(account => !account.IsFalse("automountServiceAccountToken"))),
            cut => Unset(cut.Find("ServiceAccount"), "automountServiceAccountToken")),
        new("dangling-horizontalpodautoscaler", objects => Names(OfKind(objects, "HorizontalPodAutoscaler").Where(scaler => !objects.Any(found =>
            found.Text("kind") == scaler.Text("spec.scaleTargetRef.kind") && found.Text("metadata.name") == scaler.Text("spec.scaleTargetRef.name")))),
            cut => Set(cut.Find("HorizontalPodAutoscaler"), "spec.scaleTargetRef.name", "\"other\"")),
        new("maml-autoscaled-without-number", objects => from scaler in OfKind(objects, "HorizontalPodAutoscaler")
            from found in objects
            where found.Text("metadata.name") == scaler.Text("spec.scaleTargetRef.name") && found.Text("kind") == "Deployment" && found.At("spec.replicas") is not null
            select found.Name(),
            cut => Set(cut.Worker, "spec.replicas", "3")),
        new("dangling-networkpolicy", objects => Names(OfKind(objects, "NetworkPolicy").Where(policy => policy.At("spec.podSelector") is JsonObject { Count: > 0 }
            && policy.Text("metadata.name") != "maml-client" && !PodLabels(objects).Any(labels => policy.At("spec.podSelector").Matches(labels)))),
            cut => Set((JsonObject)cut.Find("NetworkPolicy"), "spec.podSelector", """{"matchLabels":{"app":"other"}}""")),
        new("non-isolated-pod", objects => objects.Pods()
            .Where(pod => !new[] { "Ingress", "Egress" }.All(direction => OfKind(objects, "NetworkPolicy").Any(policy =>
                policy.At("spec.podSelector").Matches(pod.Pod.Map("metadata.labels")) && policy.Items("spec.policyTypes").Any(type => type.ToString() == direction))))
            .Select(pod => pod.Owner.Name()),
            cut =>
            {
                while (cut.HasKind("NetworkPolicy")) cut.Remove("NetworkPolicy");
            }),
        new("pdb-max-unavailable", objects => Names(OfKind(objects, "PodDisruptionBudget").Where(budget => budget.Text("spec.maxUnavailable") is "0" or "0%")),
            cut => Set(cut.Find("PodDisruptionBudget"), "spec.maxUnavailable", "0")),
        new("pdb-min-available", objects => Names(OfKind(objects, "PodDisruptionBudget").Where(budget => budget.At("spec.minAvailable") is not null)),
            cut => Set(cut.Find("PodDisruptionBudget"), "spec.minAvailable", "1")),
        new("pdb-unhealthy-pod-eviction-policy", objects => Names(OfKind(objects, "PodDisruptionBudget")
            .Where(budget => budget.At("spec.unhealthyPodEvictionPolicy") is null)),
            cut => Unset(cut.Find("PodDisruptionBudget"), "spec.unhealthyPodEvictionPolicy")),
        new("maml-dangling-disruption-budget", objects => Names(OfKind(objects, "PodDisruptionBudget")
            .Where(budget => !PodLabels(objects).Any(labels => budget.At("spec.selector").Matches(labels)))),
            cut => Set(cut.Find("PodDisruptionBudget"), "spec.selector", """{"matchLabels":{"app":"other"}}""")),
        new("no-rolling-update-strategy", objects => Names(OfKind(objects, "Deployment").Where(found =>
            found.Text("spec.strategy.type") != "RollingUpdate" || found.At("spec.strategy.rollingUpdate") is null)),
            cut => Set(cut.Worker, "spec.strategy", """{"type":"Recreate"}""")),
        new("maml-spread", objects => objects.Pods()
            .Where(pod => pod.Owner.Text("metadata.name")!.StartsWith("maml-worker", StringComparison.Ordinal)
                && !pod.Pod.Items("spec.topologySpreadConstraints").Any(constraint => constraint.At("labelSelector").Matches(pod.Pod.Map("metadata.labels"))))
            .Select(pod => pod.Owner.Name()),
            cut => Unset(cut.Pod, "topologySpreadConstraints")),
        new("maml-mounted-things-exist", objects => objects.Pods().SelectMany(pod => pod.Pod.Items("spec.volumes")
            .SelectMany(volume => new[] { ("ConfigMap", volume.Text("configMap.name")), ("Secret", volume.Text("secret.secretName")) })
            .Where(named => named.Item2 is not null && !objects.Any(found => found.Text("kind") == named.Item1 && found.Text("metadata.name") == named.Item2))
            .Select(named => $"{pod.Owner.Name()} {named.Item1} {named.Item2}")),
            cut => cut.Remove("ConfigMap")),
        new("no-extensions-v1beta", objects => Names(objects.Where(found =>
            found.Text("apiVersion")!.Contains("alpha", StringComparison.Ordinal) || found.Text("apiVersion")!.Contains("beta", StringComparison.Ordinal))),
            cut => Set(cut.Worker, "apiVersion", "\"extensions/v1beta1\"")),
    ];

    private static IEnumerable<JsonObject> OfKind(IEnumerable<JsonObject> objects, string kind) => objects.Where(found => found.Text("kind") == kind);

    private static IEnumerable<string> Names(IEnumerable<JsonObject> objects) => objects.Select(found => found.Name());

    private static IEnumerable<IReadOnlyDictionary<string, string>> PodLabels(IEnumerable<JsonObject> objects) => objects.Pods().Select(pod => pod.Pod.Map("metadata.labels"));

    private static bool Covers(IReadOnlyDictionary<string, string> selector, IReadOnlyDictionary<string, string> labels) =>
        selector.Count > 0 && selector.All(pair => labels.GetValueOrDefault(pair.Key) == pair.Value);

    private static bool HasPort(JsonNode pod, string? name) => pod.Items("spec.containers").SelectMany(container => container.Items("ports")).Any(port => port.Text("name") == name);
}
