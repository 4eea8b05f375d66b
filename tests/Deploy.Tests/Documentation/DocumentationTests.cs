using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Deploy.Tests.Support;
using Maml.Cluster.Shared.Configuration.Hosts;
using Maml.Cluster.Shared.Monitoring;
using Maml.Cluster.Worker.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maml.Cluster.Deploy.Tests.Documentation;

/// <summary>What docs/kubernetes.md says is done here, word for word.</summary>
public sealed class DocumentationTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [SkippableFact]
    public async Task Secrets_MadeByThePage_LetAWorkerAttachByTheNamesOfTheManifests()
    {
        await MakeSecretsAsync();
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(At("tls.crt"));
        foreach (string name in new[] { AddressIn("kubernetes"), AddressIn("compose") }) certificate.MatchesHostname(name).ShouldBeTrue(name);

        // As the ConfigMap has it, but for the folder that the Secret is mounted to, the folders of data, and ports that may be taken here.
        string yaml = Manifests.Base().Find("ConfigMap", "maml-configuration").At("data").Key("coordinator.yaml")!.ToString()
            .Replace("/etc/maml/secrets", _folder).Replace("/var/lib/maml", _folder).Replace("port: 5100", "port: 0").Replace("port: 9464", "port: 0").Replace("0.0.0.0", "127.0.0.1");
        await using CoordinatorHost coordinator = await CoordinatorHost.StartAsync(
            CoordinatorOptionsReader.Read(HostConfigurationFile.Parse(yaml, "coordinator.yaml")) with { ConfigureLogging = _ => { } }, default);
        coordinator.Address.Scheme.ShouldBe("https");
        using var client = new HttpClient();
        (await client.GetAsync(new Uri(coordinator.MonitoringAddress!, ProbeRoutes.Readiness))).StatusCode.ShouldBe(HttpStatusCode.OK);

        int port = FreePort.Find();
        var options = new WorkerOptions
        {
            Coordinator = new Uri($"https://localhost:{coordinator.Address.Port}"),
            CacheDirectory = At("cache"),
            Monitoring = new() { Port = port },
            Credentials = new() { TokenFile = At("token"), AuthorityFile = At("ca.crt") },
        };
        using var stopping = new CancellationTokenSource(Patience);
        Task worker = WorkerHost.RunAsync(options, NullLoggerFactory.Instance, TimeProvider.System, stopping.Token);
        try
        {
            while (!await IsReadyAsync(client, port) && !worker.IsCompleted) await Task.Delay(50, stopping.Token);
            worker.IsCompleted.ShouldBeFalse(worker.Exception?.Message);
        }
        finally
        {
            await stopping.CancelAsync();
            await worker.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [SkippableFact]
    public async Task Secrets_FillCommands_NameTheKeysThatAreMounted()
    {
        await MakeSecretsAsync();
        JsonObject[] template = [.. Manifests.SecretTemplate()];
        string fill = KubernetesPage.Commands[1];
        foreach (JsonObject secret in template)
        {
            string line = fill.Split('\n').Single(line => line.StartsWith($"fill {secret.Text("metadata.name")} ", StringComparison.Ordinal));
            string[] keys = [.. line.Split(' ').Where(word => word.StartsWith("--from-file=", StringComparison.Ordinal)).Select(word => word["--from-file=".Length..])];
            keys.ShouldBe(secret.Map("stringData").Keys, ignoreOrder: true);
            keys.ShouldAllBe(key => File.Exists(At(key)));
        }
    }

    [Fact]
    public void Page_EveryValueOfTheKustomization_IsNamed()
    {
        JsonObject kustomization = Yaml.Document(File.ReadAllText(Path.Combine(Manifests.Folder, "Kustomization")));
        foreach (JsonNode image in kustomization.Items("images")) KubernetesPage.Text.ShouldContain($"`{image.Text("name")}`");
        foreach (string word in new[] { "20 GiB", "nvidia.com/gpu.present=true", "deploy/docker/.env", "10-configuration.yaml" }) KubernetesPage.Text.ShouldContain(word);
        kustomization.Items("images").Select(image => image.Text("name")).ShouldBe(
            Manifests.Base().Containers().Select(found => found.Container.Text("image")!.Split(':')[0]), ignoreOrder: true);
    }

    [Fact]
    public void Page_PathsAndSectionsThatRulesLinkTo_Exist()
    {
        foreach (string path in System.Text.RegularExpressions.Regex.Matches(KubernetesPage.Text, @"(?:deploy|src|tests)/[A-Za-z0-9./-]+[A-Za-z0-9]").Select(match => match.Value))
            (File.Exists(Repository.At(path)) || Directory.Exists(Repository.At(path)) || path.StartsWith("deploy/docker/secrets", StringComparison.Ordinal) || path == "deploy/docker/data").ShouldBeTrue(path);
        string[] anchors = [.. KubernetesPage.Text.Split('\n').Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' ').ToLowerInvariant().Replace(' ', '-').Replace(",", ""))];
        foreach (string file in Directory.GetFiles(Repository.At("deploy", "prometheus", "rules")))
        foreach (JsonNode rule in Yaml.Document(File.ReadAllText(file)).Items("groups").SelectMany(group => group.Items("rules")))
        {
            string[] place = rule.Text("annotations.runbook_url")!.Split('#');
            if (place[0] == "docs/kubernetes.md") anchors.ShouldContain(place[1]);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string AddressIn(string place) => place == "compose"
        ? new Uri(Yaml.Document(File.ReadAllText(Path.Combine(ComposeFile.Folder, "configuration", "worker.yaml"))).Text("coordinator")!).Host
        : new Uri(Yaml.Document(Manifests.Base().Find("ConfigMap", "maml-configuration").At("data").Key("worker.yaml")!.ToString()).Text("coordinator")!).Host;

    private static async Task<bool> IsReadyAsync(HttpClient client, int port)
    {
        try
        {
            return (await client.GetAsync(new Uri($"http://127.0.0.1:{port}{ProbeRoutes.Readiness}"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task MakeSecretsAsync()
    {
        Skip.IfNot(Command.Exists("openssl"), "There is no openssl on the PATH.");
        Command made = await Command.RunAsync("bash", ["-euo", "pipefail", "-c", KubernetesPage.Commands[0]], folder: _folder);
        made.ExitCode.ShouldBe(0, made.Errors);
    }

    private string At(string name) => Path.Combine(_folder, name);
}
