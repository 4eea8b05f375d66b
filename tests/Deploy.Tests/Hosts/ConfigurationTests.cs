using System.Text.Json.Nodes;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Deploy.Tests.Support;
using Maml.Cluster.Shared.Configuration.Hosts;
using Maml.Cluster.Worker.Hosting;

namespace Maml.Cluster.Deploy.Tests.Hosts;

/// <summary>What is written into ConfigMaps and configuration files is what the hosts take.</summary>
public sealed class ConfigurationTests
{
    // Beyond stopGrace and drainTimeout: the ends of streams, and the process's own.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    public static TheoryData<string> Places => ["kubernetes", "compose"];

    [Theory]
    [MemberData(nameof(Places))]
    public void Coordinator_Configuration_IsAccepted(string place)
    {
        CoordinatorOptions options = CoordinatorOptionsReader.Read(HostConfigurationFile.Parse(Text(place, "coordinator"), place));
        CoordinatorOptionsValidator.Validate(options).ShouldBeEmpty();
        options.Port.ShouldBe(5100);
        options.Monitoring.Port.ShouldBe(9464);
        options.InsecureAllowRemote.ShouldBeFalse();
        options.Security.TokensFile.ShouldBe("/etc/maml/secrets/tokens");
        (options.StopGrace + Margin).ShouldBeLessThan(Grace(place, "coordinator"));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Worker_Configuration_IsAccepted(string place)
    {
        WorkerOptions options = ReadWorker(Text(place, "worker"));
        options.Coordinator.ShouldBe(new Uri(place == "compose" ? "https://coordinator:5100" : "https://maml-coordinator.maml.svc:5100"));
        options.Monitoring.Port.ShouldBe(9464);
        options.InsecureAllowRemote.ShouldBeFalse();
        (options.DrainTimeout + Margin).ShouldBeLessThan(Grace(place, "worker"));
    }

    [Fact]
    public void Configuration_OfAnUnknownOption_IsRefused()
    {
        string text = Text("kubernetes", "coordinator").Replace("stopGrace", "stopGracee");
        Should.Throw<HostStartException>(() => CoordinatorOptionsReader.Read(HostConfigurationFile.Parse(text, "x"))).Message.ShouldContain("did you mean 'stopGrace'?");
        Should.Throw<WorkerException>(() => ReadWorker(Text("kubernetes", "worker").Replace("chunkSlots", "slots"))).Message.ShouldContain("slots");
    }

    [Fact]
    public void Configuration_OfBothPlaces_DiffersInTheCoordinatorsNameOnly()
    {
        Settings("kubernetes", "coordinator").ShouldBe(Settings("compose", "coordinator"));
        Settings("kubernetes", "worker").Except(Settings("compose", "worker")).ShouldBe([("coordinator", "https://maml-coordinator.maml.svc:5100")]);
    }

    [Theory]
    [InlineData("coordinator", "StatefulSet", "maml-coordinator")]
    [InlineData("worker", "Deployment", "maml-worker-gpu")]
    [InlineData("worker", "Deployment", "maml-worker-cpu")]
    public void Pods_Paths_AreMountedAndWritableWhereTheHostWrites(string host, string kind, string name)
    {
        JsonNode pod = Manifests.Base().Find(kind, name).At("spec.template.spec")!;
        JsonNode container = pod.Items("containers").Single();
        foreach ((string path, string value) in Settings("kubernetes", host).Where(setting => setting.Value.StartsWith('/')))
        {
            JsonNode mount = container.Items("volumeMounts").Single(mount => value.StartsWith(mount.Text("mountPath") + "/", StringComparison.Ordinal) || value == mount.Text("mountPath"));
            bool isWritten = path.EndsWith("Directory", StringComparison.OrdinalIgnoreCase);
            mount.IsTrue("readOnly").ShouldBe(!isWritten, path);
        }
    }

    private static string Text(string place, string host) => place == "compose"
        ? File.ReadAllText(Path.Combine(ComposeFile.Folder, "configuration", $"{host}.yaml"))
        : Manifests.Base().Find("ConfigMap", "maml-configuration").At("data").Key($"{host}.yaml")!.ToString();

    private static (string Path, string Value)[] Settings(string place, string host) =>
        [.. HostConfigurationFile.Parse(Text(place, host), place).Select(setting => (setting.Path, setting.Value))];

    private static TimeSpan Grace(string place, string host)
    {
        if (place == "compose")
            return TimeSpan.FromSeconds(int.Parse(ComposeFile.Load().Text($"services.{(host == "worker" ? "worker-cpu" : host)}.stop_grace_period")!.TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture));
        return TimeSpan.FromSeconds(Manifests.Base().Pods().Where(pod => pod.Owner.Text("metadata.name")!.Contains(host, StringComparison.Ordinal))
            .Min(pod => pod.Pod.At("spec.terminationGracePeriodSeconds")!.GetValue<long>()));
    }

    private static WorkerOptions ReadWorker(string yaml)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, yaml);
            return WorkerOptionsReader.Read([$"--config={file}"]);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
