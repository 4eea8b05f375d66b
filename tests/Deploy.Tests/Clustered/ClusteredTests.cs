using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Clustering.Security;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Deploy.Tests.Documentation;
using Maml.Cluster.Deploy.Tests.Network;
using Maml.Cluster.Deploy.Tests.Support;
using Maml.Cluster.Shared.Configuration.Hosts;

namespace Maml.Cluster.Deploy.Tests.Clustered;

/// <summary>Several coordinators, as the overlays make them of the one.</summary>
public sealed class ClusteredTests
{
    private const string Prefix = "MAML_COORDINATOR_";

    public static TheoryData<string> Overlays => ["clustered", "clustered-trial"];

    [SkippableTheory]
    [MemberData(nameof(Overlays))]
    public async Task Coordinator_ItsConfigurationAndEnvironment_AreAccepted(string overlay)
    {
        IReadOnlyList<JsonObject> objects = await Manifests.OverlayAsync(overlay);
        CoordinatorOptions options = OptionsOf(objects, "maml-coordinator-2");
        CoordinatorOptionsValidator.Validate(options).ShouldBeEmpty();
        options.Cluster.Kind.ShouldBe(ClusterKind.Orleans);
        options.Cluster.AdvertisedAddress.ShouldBe(new Uri("https://maml-coordinator-2.maml-coordinator-pods.maml.svc:5100"));
        options.Cluster.SiloAddress.ShouldBe("10.0.0.7");
        options.Database.ConnectionFile.ShouldBe("/etc/maml/database/connection");
        options.Cluster.Silo.InsecureAllowRemote.ShouldBeFalse("a network policy is not the only door");
        string[] silo = [options.Cluster.Silo.CertificateFile!, options.Cluster.Silo.KeyFile!, options.Cluster.Silo.AuthorityFile!];
        foreach (string file in (string[])[options.Database.ConnectionFile!, options.Cluster.Peers.AuthorityFile!, .. silo]) MountOf(Coordinator(objects), file).ShouldNotBeNull(file);
        KeysOf(objects, "maml-silo").ShouldBe(silo.Select(Path.GetFileName), ignoreOrder: true);
    }

    [SkippableTheory]
    [MemberData(nameof(Overlays))]
    public async Task Coordinator_Ports_AreThoseOfItsOptions(string overlay)
    {
        IReadOnlyList<JsonObject> objects = await Manifests.OverlayAsync(overlay);
        CoordinatorOptions options = OptionsOf(objects, "maml-coordinator-0");
        Dictionary<string, long> ports = Container(Coordinator(objects)).Items("ports").ToDictionary(port => port.Text("name")!, port => port.At("containerPort")!.GetValue<long>());
        ports.ShouldBe(new Dictionary<string, long> { ["grpc"] = options.Port, ["monitoring"] = options.Monitoring.Port!.Value, ["silo"] = options.Cluster.SiloPort }, ignoreOrder: true);
        objects.Find("Service", "maml-coordinator-pods").Items("spec.ports").Select(port => port.Text("name")).ShouldBe(["grpc", "silo", "monitoring"], ignoreOrder: true);
    }

    [SkippableFact]
    public async Task Coordinators_Three_ShareNoNodeAndGoOneByOne()
    {
        IReadOnlyList<JsonObject> objects = await Manifests.OverlayAsync("clustered");
        JsonObject coordinator = Coordinator(objects);
        coordinator.At("spec.replicas")!.GetValue<long>().ShouldBe(3);
        JsonNode rule = coordinator.Items("spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution").Single();
        rule.Text("topologyKey").ShouldBe("kubernetes.io/hostname");
        rule.At("labelSelector").Matches(coordinator.Map("spec.template.metadata.labels")).ShouldBeTrue();
        objects.Find("PodDisruptionBudget", "maml-coordinator").Text("spec.maxUnavailable").ShouldBe("1");
        Coordinator(await Manifests.OverlayAsync("clustered-trial")).At("spec.template.spec.affinity").ShouldBeNull("there is one node");
    }

    [SkippableTheory]
    [MemberData(nameof(Overlays))]
    public async Task Job_MakesTheTables_WithTheCoordinatorsImageAndSecret(string overlay)
    {
        IReadOnlyList<JsonObject> objects = await Manifests.OverlayAsync(overlay);
        JsonObject job = objects.Find("Job", "maml-database-init");
        Container(job).Text("image").ShouldBe(Container(Coordinator(objects)).Text("image"));
        Container(job).Items("args").Select(argument => argument.ToString()).ShouldBe(["--initialize-database"]);
        CoordinatorOptions options = CoordinatorOptionsReader.Read(Environment(job, "unused"));
        MountOf(job, options.Database.ConnectionFile!).ShouldNotBeNull();
    }

    [SkippableFact]
    public async Task Network_TrialsOwnPostgres_IsForCoordinatorsAndTheJob()
    {
        IReadOnlyList<JsonObject> objects = await Manifests.OverlayAsync("clustered-trial");
        var policies = new NetworkPolicies(objects);
        Endpoint coordinator = EndpointOf(Coordinator(objects)), job = EndpointOf(objects.Find("Job", "maml-database-init"));
        Endpoint worker = EndpointOf(objects.Find("Deployment", "maml-worker-cpu")), postgres = EndpointOf(objects.Find("StatefulSet", "maml-postgres"));
        policies.Allow(coordinator, postgres, 5432).ShouldBeTrue();
        policies.Allow(job, postgres, 5432).ShouldBeTrue();
        policies.Admit(worker, postgres, 5432).ShouldBeFalse();
        policies.Allow(coordinator, coordinator, 11111).ShouldBeTrue();
        policies.Allow(coordinator, coordinator, 5100).ShouldBeTrue();
        policies.Allow(worker, coordinator, 5100).ShouldBeTrue();
        policies.Admit(worker, coordinator, 11111).ShouldBeFalse("silos are for silos");
        policies.Admit(job, coordinator, 11111).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task Certificates_OfThePage_HaveTheNamesThatWorkersAreSentToAndAreGoodForSilos()
    {
        Skip.IfNot(Command.Exists("openssl"), "There is no openssl on the PATH.");
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Command made = await Command.RunAsync("bash", ["-euo", "pipefail", "-c", KubernetesPage.Commands[0]], folder: folder);
            made.ExitCode.ShouldBe(0, made.Errors);
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "tls.crt"));
            foreach (string pod in new[] { "maml-coordinator-0", "maml-coordinator-2" })
                certificate.MatchesHostname(OptionsOf(await Manifests.OverlayAsync("clustered"), pod).Cluster.AdvertisedAddress!.Host).ShouldBeTrue(pod);

            string block = KubernetesPage.Commands.Single(block => block.Contains("fill maml-silo", StringComparison.Ordinal));
            Command filled = await Command.RunAsync("bash", ["-euo", "pipefail", "-c", $"fill() {{ echo \"$@\" > filled; }}\n{block}"], folder: folder);
            filled.ExitCode.ShouldBe(0, filled.Errors);
            string[] words = File.ReadAllText(Path.Combine(folder, "filled")).Trim().Split(' ');
            words[0].ShouldBe("maml-silo");
            var files = words[1..].Select(word => word["--from-file=".Length..].Split('=')).ToDictionary(pair => pair[0], pair => Path.Combine(folder, pair[^1]));
            files.Keys.ShouldBe(KeysOf(await Manifests.OverlayAsync("clustered"), "maml-silo"), ignoreOrder: true);
            SiloCertificates.FaultsOf(
                new SiloSecurityOptions { CertificateFile = files["tls.crt"], KeyFile = files["tls.key"], AuthorityFile = files["ca.crt"] }, TimeProvider.System).ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [SkippableFact]
    public async Task Page_SecretOfTheDatabase_HasTheKeysThatAreMounted()
    {
        string[] Keys(string block) => [.. block.Split(' ', '\n').Where(word => word.StartsWith("--from-file=", StringComparison.Ordinal)).Select(word => word["--from-file=".Length..])];
        string[] blocks = [.. KubernetesPage.Commands.Where(block => block.Contains("fill maml-database", StringComparison.Ordinal))];
        blocks.Length.ShouldBe(2);
        foreach ((string overlay, string block) in new[] { ("clustered", blocks[0]), ("clustered-trial", blocks[1]) })
        {
            IReadOnlyList<JsonObject> objects = await Manifests.OverlayAsync(overlay);
            Keys(block).ShouldBe(KeysOf(objects, "maml-database"), ignoreOrder: true);
        }
    }

    // Those that pods mount.
    private static string[] KeysOf(IReadOnlyList<JsonObject> objects, string secret) =>
    [
        .. objects.Pods().SelectMany(pod => pod.Pod.Items("spec.volumes"))
            .Where(volume => volume.Text("secret.secretName") == secret)
            .SelectMany(volume => volume.Items("secret.items"))
            .Select(item => item.Text("key")!)
            .Distinct(),
    ];

    private static JsonObject Coordinator(IReadOnlyList<JsonObject> objects) => objects.Find("StatefulSet", "maml-coordinator");

    private static JsonNode Container(JsonObject owner) => owner.Items("spec.template.spec.containers").Single();

    private static JsonNode? MountOf(JsonObject owner, string file) => Container(owner).Items("volumeMounts")
        .SingleOrDefault(mount => file.StartsWith(mount.Text("mountPath") + "/", StringComparison.Ordinal) && mount.IsTrue("readOnly"));

    private static CoordinatorOptions OptionsOf(IReadOnlyList<JsonObject> objects, string pod)
    {
        string yaml = objects.Find("ConfigMap", "maml-configuration").At("data").Key("coordinator.yaml")!.ToString();
        return CoordinatorOptionsReader.Read([.. HostConfigurationFile.Parse(yaml, "coordinator.yaml"), .. Environment(Coordinator(objects), pod)]);
    }

    // As the kubelet fills them in, and the host reads them.
    private static HostSetting[] Environment(JsonObject owner, string pod)
    {
        var values = new Dictionary<string, string>();
        foreach (JsonNode variable in Container(owner).Items("env"))
        {
            values[variable.Text("name")!] = variable.Text("valueFrom.fieldRef.fieldPath") switch
            {
                "metadata.name" => pod,
                "status.podIP" => "10.0.0.7",
                _ => (variable.Text("value") ?? "").Replace("$(POD_NAME)", values.GetValueOrDefault("POD_NAME"), StringComparison.Ordinal),
            };
        }

        return [.. values.Where(pair => pair.Key.StartsWith(Prefix, StringComparison.Ordinal) && pair.Key != $"{Prefix}CONFIG")
            .Select(pair => new HostSetting(pair.Key[Prefix.Length..].Replace("__", ".", StringComparison.Ordinal), pair.Value, pair.Key))];
    }

    private static Endpoint EndpointOf(JsonObject owner) => new("maml", owner.At("spec.template")!.Map("metadata.labels"))
    {
        PortNames = Container(owner).Items("ports").ToDictionary(port => port.Text("name")!, port => (int)port.At("containerPort")!.GetValue<long>()),
    };
}
