using System.Text.Json.Nodes;
using Maml.Cluster.Deploy.Tests.Support;

namespace Maml.Cluster.Deploy.Tests.Network;

/// <summary>Only workers and clients reach the coordinator, only Prometheus the metrics, and nobody anything else.</summary>
public sealed class NetworkPolicyTests
{
    private const int Grpc = 5100;
    private const int Monitoring = 9464;

    private static readonly IReadOnlyList<JsonObject> Base = Manifests.Base();
    private static readonly Endpoint Coordinator = Of("StatefulSet", "maml-coordinator");
    private static readonly Endpoint Worker = Of("Deployment", "maml-worker-gpu");
    private static readonly Endpoint Client = new("maml", Labels(("maml.cluster/client", "true")));
    private static readonly Endpoint Prometheus = new("maml", Labels(("app.kubernetes.io/name", "prometheus")));
    private static readonly Endpoint Stranger = new("maml", Labels(("app", "stranger")));
    private static readonly Endpoint NameServer = new("kube-system", Labels(("k8s-app", "kube-dns")));

    private readonly NetworkPolicies _policies = new(Base);

    [Fact]
    public void Coordinator_GrpcPort_IsForWorkersAndClients()
    {
        _policies.Allow(Worker, Coordinator, Grpc).ShouldBeTrue();
        _policies.Allow(Of("Deployment", "maml-worker-cpu"), Coordinator, Grpc).ShouldBeTrue();
        _policies.Allow(Client, Coordinator, Grpc).ShouldBeTrue();
        Endpoint elsewhere = Client with { Namespace = "team", NamespaceLabels = Labels(("maml.cluster/client", "true")) };
        _policies.Allow(elsewhere, Coordinator, Grpc).ShouldBeTrue();
        _policies.Admit(elsewhere with { NamespaceLabels = Labels(("team", "x")) }, Coordinator, Grpc).ShouldBeFalse("its namespace is not asked in");
        _policies.Admit(elsewhere with { Labels = Labels(("app", "x")) }, Coordinator, Grpc).ShouldBeFalse("the pod is not asked in");
        _policies.Admit(Stranger, Coordinator, Grpc).ShouldBeFalse();
        _policies.Admit(Prometheus, Coordinator, Grpc).ShouldBeFalse();
    }

    [Fact]
    public void MonitoringPort_OfEither_IsForPrometheus()
    {
        Endpoint outside = Prometheus with { Namespace = "monitoring", NamespaceLabels = Labels(("maml.cluster/monitoring", "true")) };
        foreach (Endpoint host in new[] { Coordinator, Worker })
        {
            _policies.Allow(outside, host, Monitoring).ShouldBeTrue();
            _policies.Admit(outside with { NamespaceLabels = Labels() }, host, Monitoring).ShouldBeFalse();
            foreach (Endpoint other in new[] { Worker, Client, Stranger }) _policies.Admit(other, host, Monitoring).ShouldBeFalse();
        }
    }

    [Fact]
    public void Worker_ReachesNames_AndTheCoordinatorAndNothingElse()
    {
        _policies.Allow(Worker, NameServer, 53).ShouldBeTrue();
        _policies.Allow(Worker, NameServer, 443).ShouldBeFalse();
        _policies.Allow(Worker, new Endpoint("other", Labels(("app", "x"))), 443).ShouldBeFalse();
        _policies.Admit(Worker, Worker, Monitoring).ShouldBeFalse();
        _policies.Admit(Coordinator, Worker, Monitoring).ShouldBeFalse();
        _policies.Allow(Coordinator, NameServer, 53).ShouldBeFalse("it dials nobody");
    }

    [SkippableFact]
    public async Task Overlay_Monitoring_OpensWhatPrometheusAndGrafanaNeed()
    {
        IReadOnlyList<JsonObject> monitoring = await Manifests.OverlayAsync("monitoring");
        var policies = new NetworkPolicies([.. Base, .. monitoring]);
        Endpoint prometheus = Of(monitoring, "StatefulSet", "maml-prometheus");
        Endpoint grafana = Of(monitoring, "Deployment", "maml-grafana");
        policies.Allow(prometheus, Coordinator, Monitoring).ShouldBeTrue();
        policies.Allow(prometheus, Worker, Monitoring).ShouldBeTrue();
        policies.Allow(prometheus, NameServer, 53).ShouldBeTrue();
        policies.Allow(prometheus, Coordinator, Grpc).ShouldBeFalse();
        policies.Allow(grafana, prometheus, 9090).ShouldBeTrue();
        policies.Allow(grafana, NameServer, 53).ShouldBeTrue();
        policies.Allow(grafana, Coordinator, Grpc).ShouldBeFalse();
        policies.Admit(Stranger, prometheus, 9090).ShouldBeFalse();
        policies.Admit(Stranger, grafana, 3000).ShouldBeFalse();
    }

    private static Endpoint Of(string kind, string name) => Of(Base, kind, name);

    private static Endpoint Of(IReadOnlyList<JsonObject> objects, string kind, string name)
    {
        JsonNode template = objects.Find(kind, name).At("spec.template")!;
        return new Endpoint("maml", template.Map("metadata.labels"))
        {
            PortNames = template.Items("spec.containers").SelectMany(container => container.Items("ports"))
                .ToDictionary(port => port.Text("name")!, port => (int)port.At("containerPort")!.GetValue<long>()),
        };
    }

    private static Dictionary<string, string> Labels(params (string Key, string Value)[] labels) => labels.ToDictionary(pair => pair.Key, pair => pair.Value);
}
