using System.Text.Json.Nodes;
using k8s;
using Maml.Cluster.Deploy.Tests.Rules;
using Maml.Cluster.Deploy.Tests.Support;

namespace Maml.Cluster.Deploy.Tests.Schemas;

public sealed class SchemaTests(SchemaValidator schemas) : IClassFixture<SchemaValidator>
{
    [SkippableFact]
    public async Task FaultsOf_EveryManifest_FindsNone() =>
        (await schemas.FaultsOfAsync([.. Manifests.Base(), .. Manifests.SecretTemplate()])).ShouldBeEmpty();

    [SkippableTheory]
    [InlineData("cpu")]
    [InlineData("monitoring")]
    [InlineData("clustered")]
    [InlineData("clustered-trial")]
    [InlineData("prometheus-operator")]
    public async Task FaultsOf_EveryOverlay_FindsNone(string overlay)
    {
        IReadOnlyList<JsonObject> objects = await Manifests.OverlayAsync(overlay);
        objects.ShouldNotBeEmpty();
        (await schemas.FaultsOfAsync(objects)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task FaultsOf_BrokenManifests_NamesEach()
    {
        List<JsonObject> broken = [.. Manifests.Base()];
        var cut = new ManifestSurgery(broken);
        ManifestSurgery.Set(cut.Worker, "spec.selector", "[]");
        ManifestSurgery.Unset(cut.Find("HorizontalPodAutoscaler"), "spec.maxReplicas");
        ManifestSurgery.Set(cut.Find("Service"), "apiVersion", "\"v7\"");
        IReadOnlyList<string> faults = await schemas.FaultsOfAsync(broken);
        faults.Count.ShouldBe(3);
        faults.ShouldContain(fault => fault.StartsWith("apps/v1 Deployment maml-worker-gpu: ", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Contains("maxReplicas"));
        faults.ShouldContain(fault => fault.Contains("there is no schema"));
    }

    // The schemas let unknown fields pass; the client's strict reader does not.
    [Fact]
    public void LoadAll_EveryManifestStrictly_KnowsEveryField()
    {
        foreach (string file in Manifests.Files.Append(Path.Combine(Manifests.Folder, "secrets", "template.yaml")))
            KubernetesYaml.LoadAllFromString(File.ReadAllText(file), strict: true).Count.ShouldBe(Yaml.Documents(File.ReadAllText(file)).Count, file);
    }

    [SkippableTheory]
    [InlineData("cpu")]
    [InlineData("monitoring")]
    [InlineData("clustered")]
    [InlineData("clustered-trial")]
    public async Task LoadAll_EveryOverlayStrictly_KnowsEveryField(string overlay) =>
        KubernetesYaml.LoadAllFromString(await Manifests.RenderAsync("deploy", "overlays", overlay), strict: true).ShouldNotBeEmpty();

    [Fact]
    public void LoadAll_AMisspelledField_IsRefused()
    {
        string text = File.ReadAllText(Path.Combine(Manifests.Folder, "50-coordinator.yaml"));
        Should.Throw<Exception>(() => KubernetesYaml.LoadAllFromString(text.Replace("livenessProbe", "livenesProbe"), strict: true)).ToString().ShouldContain("livenesProbe");
    }

    [SkippableFact]
    public async Task FaultsOfCompose_OurFile_FindsNoneAndSeesWhatIsAdded()
    {
        JsonObject compose = ComposeFile.Load();
        (await schemas.FaultsOfComposeAsync(compose)).ShouldBeEmpty();
        ManifestSurgery.Set(compose, "services.coordinator.helthcheck", "{}");
        (await schemas.FaultsOfComposeAsync(compose)).ShouldNotBeEmpty();
    }
}
