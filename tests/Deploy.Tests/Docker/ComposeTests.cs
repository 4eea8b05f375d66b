using System.Text.Json.Nodes;
using Maml.Cluster.Deploy.Tests.Support;

namespace Maml.Cluster.Deploy.Tests.Docker;

public sealed class ComposeTests
{
    private static readonly JsonObject Compose = ComposeFile.Load();

    public static TheoryData<string> Services => [.. Compose.At("services")!.AsObject().Select(service => service.Key)];

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_OfAnyKind_IsHardenedAndPinned(string name)
    {
        JsonNode service = Compose.At($"services.{name}")!;
        service.IsTrue("read_only").ShouldBeTrue();
        service.Items("cap_drop").Select(dropped => dropped.ToString()).ShouldBe(["ALL"]);
        service.Items("security_opt").Select(option => option.ToString()).ShouldBe(["no-new-privileges:true"]);
        service.IsTrue("privileged").ShouldBeFalse();
        service.Text("image")!.Split(':')[1].ShouldMatch(@"\Av?[0-9]+\.[0-9]+\.[0-9]+\z");
        foreach (JsonNode port in service.Items("ports")) port.ToString().ShouldStartWith("127.0.0.1:");
    }

    [Theory]
    [InlineData("coordinator")]
    [InlineData("worker-cpu")]
    [InlineData("worker-gpu")]
    public void Host_FilesOfItsConfiguration_AreMounted(string name)
    {
        JsonNode service = Compose.At($"services.{name}")!;
        string host = name.Split('-')[0];
        string[] mounted = [.. service.Items("secrets").Select(secret => secret.Text("target")!), .. service.Items("volumes").Select(volume => volume.ToString().Split(':')[1])];
        JsonObject configuration = Yaml.Document(File.ReadAllText(Path.Combine(ComposeFile.Folder, "configuration", $"{host}.yaml")));
        foreach (string path in Paths(configuration)) mounted.ShouldContain(mount => path == mount || path.StartsWith(mount + "/", StringComparison.Ordinal), path);
        mounted.ShouldContain($"/etc/maml/configuration/{host}.yaml");
        string[] declared = [.. Compose.At("secrets")!.AsObject().Select(secret => secret.Key)];
        service.Items("secrets").ShouldAllBe(secret => declared.Contains(secret.Text("source")));
        File.ReadAllText(Dockerfile.PathOf(host)).ShouldContain($"_CONFIG=/etc/maml/configuration/{host}.yaml");
    }

    [Fact]
    public void Prometheus_Targets_AreNamesOnTheNetwork()
    {
        string[] names =
        [
            .. Compose.At("services")!.AsObject().SelectMany(service => service.Value.Items("networks.cluster.aliases").Select(alias => alias.ToString()).Append(service.Key)),
        ];
        JsonObject prometheus = Yaml.Document(File.ReadAllText(Repository.At("deploy", "prometheus", "compose.yaml")));
        string[] targets = [.. prometheus.Items("scrape_configs").SelectMany(job => job.Items("dns_sd_configs")).SelectMany(found => found.Items("names")).Select(name => name.ToString())];
        targets.ShouldBe(["coordinator", "worker"]);
        targets.ShouldBeSubsetOf(names);
    }

    [Fact]
    public void Prometheus_JobsInBothPlaces_AreTheSame()
    {
        JobsOf("compose.yaml").ShouldBe(JobsOf("kubernetes.yaml"));

        static IEnumerable<string?> JobsOf(string file) =>
            Yaml.Document(File.ReadAllText(Repository.At("deploy", "prometheus", file))).Items("scrape_configs").Select(job => job.Text("job_name"));
    }

    private static IEnumerable<string> Paths(JsonNode? node) => node switch
    {
        JsonObject section => section.SelectMany(pair => Paths(pair.Value)),
        JsonValue value when value.ToString().StartsWith('/') => [value.ToString()],
        _ => [],
    };
}
