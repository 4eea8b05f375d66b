using System.Text.Json.Nodes;
using Maml.Cluster.Deploy.Tests.Support;

namespace Maml.Cluster.Deploy.Tests.Kubectl;

/// <summary>The commands of docs/kubernetes.md, by the real kubectl, against an API server of the test's.</summary>
public sealed class KubectlTests
{
    [SkippableFact]
    public async Task Apply_TheFolder_CreatesEverythingInItsOrder()
    {
        await using FakeApiServer server = await StartAsync();
        await ApplyAsync(server);
        server.Created.ShouldBe(Manifests.Base().Select(made => made.Name()));
        server.Created.First().ShouldBe("Namespace maml");
    }

    [SkippableFact]
    public async Task Apply_Again_LeavesTheContentOfSecretsAlone()
    {
        await using FakeApiServer server = await StartAsync();
        await ApplyAsync(server);
        foreach (string name in new[] { "maml-coordinator", "maml-worker" })
            server.Objects[$"/api/v1/namespaces/maml/secrets/{name}"]["data"] = new JsonObject { ["token"] = "c2VjcmV0" };
        await ApplyAsync(server);
        server.Patched.ShouldNotContain(patch => patch.Name.StartsWith("Secret", StringComparison.Ordinal));
        server.Created.Count.ShouldBe(Manifests.Base().Count, "nothing is made anew");
    }

    [SkippableFact]
    public async Task Kustomize_TheFolder_MakesTheSameOfEveryFile()
    {
        IReadOnlyList<JsonObject> rendered = Yaml.Documents(await Manifests.RenderAsync("deploy", "k8s"));
        rendered.Select(made => made.Name()).ShouldBe(Manifests.Base().Select(made => made.Name()), ignoreOrder: true);

        // What is offered to be changed there is, unchanged, what the files say.
        foreach (JsonObject made in Manifests.Base())
            JsonNode.DeepEquals(made, rendered.Find(made.Text("kind")!, made.Text("metadata.name")!)).ShouldBeTrue(made.Name());
    }

    [Fact]
    public void Folder_Files_HoldNothingThatKubectlStumblesOver()
    {
        foreach (JsonObject made in Manifests.Base()) made.Text("apiVersion")!.ShouldNotContain("kustomize");
        Directory.GetFiles(Manifests.Folder).Select(Path.GetFileName).Except(Manifests.Files.Select(Path.GetFileName)).ShouldBe(["Kustomization"]);
    }

    [SkippableFact]
    public async Task Overlay_Cpu_HasNoTraceOfGpusAndScalesTheOtherWorkers()
    {
        IReadOnlyList<JsonObject> objects = await Manifests.OverlayAsync("cpu");
        string.Concat(objects.Select(made => made.ToJsonString())).ShouldNotContain("nvidia");
        objects.Find("HorizontalPodAutoscaler", "maml-worker").Text("spec.scaleTargetRef.name").ShouldBe("maml-worker-cpu");
        objects.Find("Deployment", "maml-worker-cpu").At("spec.replicas").ShouldBeNull();
    }

    [SkippableFact]
    public async Task Overlay_Monitoring_CarriesEveryRuleAndDashboard()
    {
        IReadOnlyList<JsonObject> objects = await Manifests.OverlayAsync("monitoring");
        ShouldCarry("maml-prometheus-rules", Repository.At("deploy", "prometheus", "rules"), "*.yaml");
        ShouldCarry("maml-grafana-dashboards", Repository.At("deploy", "grafana", "dashboards"), "*.json");

        void ShouldCarry(string name, string folder, string pattern)
        {
            JsonObject map = objects.Single(made => made.Text("metadata.name")!.StartsWith(name + "-", StringComparison.Ordinal));
            IEnumerable<string> files = Directory.GetFiles(folder, pattern).Select(file => Path.GetFileName(file));
            map.Map("data").Keys.ShouldBe(files, ignoreOrder: true, $"deploy/{name.Split('-')[1]}/kustomization.yaml lists every file");
        }
    }

    private static Task<FakeApiServer> StartAsync()
    {
        Skip.IfNot(Command.Exists("kubectl"), "There is no kubectl on the PATH.");
        return FakeApiServer.StartAsync();
    }

    private static async Task ApplyAsync(FakeApiServer server)
    {
        string cache = Directory.CreateTempSubdirectory().FullName;
        Command applied = await Command.RunAsync(
            "kubectl", ["apply", "-f", "deploy/k8s", "--validate=false", $"--server={server.Address}", $"--cache-dir={cache}", "--kubeconfig=/dev/null"]);
        Directory.Delete(cache, recursive: true);
        applied.ExitCode.ShouldBe(0, applied.Output + applied.Errors);
    }
}
