using System.Text.Json.Nodes;
using Maml.Cluster.Deploy.Tests.Support;
using static Maml.Cluster.Deploy.Tests.Rules.ManifestSurgery;

namespace Maml.Cluster.Deploy.Tests.Rules;

/// <summary>What pods and containers may do: the restricted profile of Pod Security, and a little more.</summary>
internal static class PodRules
{
    private static readonly string[] AllowedVolumes = ["configMap", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];

    private static readonly string[] SecretWords = ["secret", "token", "password", "key"];

    public static IReadOnlyList<ManifestRule> All { get; } =
    [
        OfContainers("run-as-non-root", (pod, container) =>
            (container.At("securityContext.runAsNonRoot") ?? pod.At("spec.securityContext.runAsNonRoot")) is JsonValue value && value.GetValue<bool>()
            && (container.At("securityContext.runAsUser") ?? pod.At("spec.securityContext.runAsUser")) is JsonValue user && user.GetValue<long>() > 0,
            cut => Unset(cut.Pod, "securityContext.runAsNonRoot")),
        OfContainers("no-read-only-root-fs", (_, container) => container.IsTrue("securityContext.readOnlyRootFilesystem"),
            cut => Set(cut.Container, "securityContext.readOnlyRootFilesystem", "false")),
        OfContainers("privilege-escalation-container", (_, container) => container.IsFalse("securityContext.allowPrivilegeEscalation"),
            cut => Unset(cut.Container, "securityContext.allowPrivilegeEscalation")),
        OfContainers("privileged-container", (_, container) => !container.IsTrue("securityContext.privileged"),
            cut => Set(cut.Container, "securityContext.privileged", "true")),
        OfContainers("drop-net-raw-capability", (_, container) =>
            container.Items("securityContext.capabilities.drop").Any(dropped => dropped.ToString() == "ALL")
            && !container.Items("securityContext.capabilities.add").Any(),
            cut => Set(cut.Container, "securityContext.capabilities.drop", """["NET_RAW"]""")),
        OfContainers("unsafe-proc-mount", (_, container) => container.Text("securityContext.procMount") is null or "Default",
            cut => Set(cut.Container, "securityContext.procMount", "\"Unmasked\"")),
        OfContainers("maml-seccomp", (pod, container) =>
            (container.Text("securityContext.seccompProfile.type") ?? pod.Text("spec.securityContext.seccompProfile.type")) == "RuntimeDefault",
            cut => Unset(cut.Pod, "securityContext.seccompProfile")),
        OfPods("host-network", pod => !pod.IsTrue("spec.hostNetwork"), cut => Set(cut.Pod, "hostNetwork", "true")),
        OfPods("host-pid", pod => !pod.IsTrue("spec.hostPID"), cut => Set(cut.Pod, "hostPID", "true")),
        OfPods("host-ipc", pod => !pod.IsTrue("spec.hostIPC"), cut => Set(cut.Pod, "hostIPC", "true")),
        OfPods("unsafe-sysctls", pod => !pod.Items("spec.securityContext.sysctls").Any(),
            cut => Set(cut.Pod, "securityContext.sysctls", """[{"name":"kernel.msgmax","value":"1"}]""")),
        OfPods("sensitive-host-mounts", pod => pod.Items("spec.volumes").All(volume => volume.Key("hostPath") is null),
            cut => ((JsonArray)cut.Pod["volumes"]!).Add(JsonNode.Parse("""{"name":"root","hostPath":{"path":"/"}}"""))),
        OfPods("maml-volume-kinds", pod => pod.Items("spec.volumes").All(volume =>
            ((JsonObject)volume).All(pair => pair.Key == "name" || AllowedVolumes.Contains(pair.Key))),
            cut => ((JsonArray)cut.Pod["volumes"]!).Add(JsonNode.Parse("""{"name":"share","nfs":{"server":"a","path":"/"}}"""))),
        OfPods("maml-sized-scratch", pod => pod.Items("spec.volumes").All(volume => volume.Key("emptyDir") is null || volume.At("emptyDir.sizeLimit") is not null),
            cut => ((JsonArray)cut.Pod["volumes"]!).Add(JsonNode.Parse("""{"name":"more","emptyDir":{}}"""))),
        OfPods("default-service-account", pod => pod.Text("spec.serviceAccountName") is not (null or "default"), cut => Unset(cut.Pod, "serviceAccountName")),
        OfPods("deprecated-service-account-field", pod => pod.At("spec.serviceAccount") is null, cut => Set(cut.Pod, "serviceAccount", "\"maml-worker\"")),
        OfPods("maml-no-api-token", pod => pod.IsFalse("spec.automountServiceAccountToken"), cut => Unset(cut.Pod, "automountServiceAccountToken")),
        OfPods("maml-no-service-links", pod => pod.IsFalse("spec.enableServiceLinks"), cut => Unset(cut.Pod, "enableServiceLinks")),
        OfPods("restart-policy", pod => pod.Text("spec.restartPolicy") is null or "Always" or "OnFailure", cut => Set(cut.Pod, "restartPolicy", "\"Never\"")),
        OfPods("maml-grace-period", pod => pod.At("spec.terminationGracePeriodSeconds") is JsonValue value && value.GetValue<long>() >= 30,
            cut => Unset(cut.Pod, "terminationGracePeriodSeconds")),
        OfContainers("latest-tag", (_, container) => container.Text("image")!.Split('/')[^1].Split(':') is [_, not "latest"],
            cut => Set(cut.Container, "image", "\"maml-worker-gpu\"")),
        OfContainers("env-var-secret", (_, container) => container.Items("env").All(variable =>
            variable.Text("value") is null || variable.Text("name")!.EndsWith("FILE", StringComparison.Ordinal)
            || !SecretWords.Any(word => variable.Text("name")!.Contains(word, StringComparison.OrdinalIgnoreCase))),
            cut => ((JsonArray)cut.Container["env"]!).Add(JsonNode.Parse("""{"name":"MAML_TOKEN","value":"abc"}"""))),
        OfContainers("read-secret-from-env-var", (_, container) => container.Items("env").All(variable => variable.At("valueFrom.secretKeyRef") is null),
            cut => ((JsonArray)cut.Container["env"]!).Add(JsonNode.Parse("""{"name":"A","valueFrom":{"secretKeyRef":{"name":"maml-worker","key":"token"}}}"""))),
        OfContainers("duplicate-env-var", (_, container) => container.Items("env").Select(variable => variable.Text("name")).Distinct().Count() == container.Items("env").Count(),
            cut => ((JsonArray)cut.Container["env"]!).Add(cut.Container.Items("env").First().DeepClone())),
        OfContainers("privileged-ports", (_, container) => container.Items("ports").All(port => port.At("containerPort")!.GetValue<long>() >= 1024),
            cut => Set(cut.Container, "ports", """[{"name":"monitoring","containerPort":80}]""")),
        OfContainers("unset-cpu-requirements", (_, container) => container.At("resources.requests.cpu") is not null && container.At("resources.limits.cpu") is not null,
            cut => Unset(cut.Container, "resources.limits.cpu")),
        OfContainers("unset-memory-requirements", (_, container) => container.At("resources.requests.memory") is not null && container.At("resources.limits.memory") is not null,
            cut => Unset(cut.Container, "resources.requests.memory")),
        OfContainers("maml-ephemeral-storage", (_, container) => container.Key("resources").Key("limits").Key("ephemeral-storage") is not null,
            cut => Unset(cut.Container, "resources.limits.ephemeral-storage")),
        Probe("no-liveness-probe", "livenessProbe"),
        Probe("no-readiness-probe", "readinessProbe"),
        Probe("maml-startup-probe", "startupProbe"),
        ProbePort("liveness-port", "livenessProbe"),
        ProbePort("readiness-port", "readinessProbe"),
        ProbePort("startup-port", "startupProbe"),
    ];

    private static ManifestRule OfPods(string name, Func<JsonNode, bool> isSound, Action<ManifestSurgery> harm) =>
        new(name, objects => objects.Pods().Where(pod => !isSound(pod.Pod)).Select(pod => pod.Owner.Name()), harm);

    private static ManifestRule OfContainers(string name, Func<JsonNode, JsonNode, bool> isSound, Action<ManifestSurgery> harm) =>
        new(name, objects => objects.Containers().Where(found => !isSound(found.Owner.At("spec.template")!, found.Container)).Select(found => found.Owner.Name()), harm);

    // What ends by itself is asked by nobody how it is.
    private static ManifestRule Probe(string name, string probe) => new(
        name,
        objects => objects.Containers().Where(found => found.Owner.Text("kind") != "Job" && found.Container.At(probe) is null).Select(found => found.Owner.Name()),
        cut => Unset(cut.Container, probe));

    private static ManifestRule ProbePort(string name, string probe) => OfContainers(
        name,
        (_, container) => container.Key(probe) is null || container.At($"{probe}.exec") is not null || container.Items("ports").Any(port =>
            port.Text("name") == (container.Text($"{probe}.httpGet.port") ?? container.Text($"{probe}.tcpSocket.port"))),
        cut => Set(cut.Container, $"{probe}.httpGet.port", "\"metrics\""));
}
