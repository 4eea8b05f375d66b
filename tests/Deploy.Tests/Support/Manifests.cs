using System.Text.Json.Nodes;

namespace Maml.Cluster.Deploy.Tests.Support;

/// <summary>What is applied to a cluster.</summary>
internal static class Manifests
{
    public static readonly string Folder = Repository.At("deploy", "k8s");

    public static readonly string[] Overlays = ["cpu", "monitoring", "prometheus-operator", "clustered", "clustered-trial"];

    /// <summary>The files that <c>kubectl apply -f deploy/k8s</c> takes: those of the folder itself, by name.</summary>
    public static IReadOnlyList<string> Files =>
        [.. Directory.GetFiles(Folder).Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".json").Order(StringComparer.Ordinal)];

    /// <summary>Their objects, in the order in which they are applied.</summary>
    public static IReadOnlyList<JsonObject> Base() => [.. Files.SelectMany(file => Yaml.Documents(File.ReadAllText(file)))];

    /// <summary>The template of the Secrets, which nothing applies.</summary>
    public static IReadOnlyList<JsonObject> SecretTemplate() => Yaml.Documents(File.ReadAllText(Path.Combine(Folder, "secrets", "template.yaml")));

    /// <summary>What kustomize makes of a folder; skips the test where there is no kubectl.</summary>
    public static async Task<string> RenderAsync(params string[] folder)
    {
        Skip.IfNot(Command.Exists("kubectl"), "There is no kubectl on the PATH, which holds kustomize.");
        Command rendered = await Command.RunAsync("kubectl", ["kustomize", Repository.At(folder)]);
        rendered.ExitCode.ShouldBe(0, rendered.Errors);
        return rendered.Output;
    }

    public static async Task<IReadOnlyList<JsonObject>> OverlayAsync(string name) => Yaml.Documents(await RenderAsync("deploy", "overlays", name));

    public static JsonObject Find(this IEnumerable<JsonObject> objects, string kind, string name) =>
        objects.Single(found => found.Text("kind") == kind && found.Text("metadata.name") == name);

    /// <summary>The pod templates of Deployments and StatefulSets, each with its owner.</summary>
    public static IEnumerable<(JsonObject Owner, JsonNode Pod)> Pods(this IEnumerable<JsonObject> objects) =>
        from owner in objects
        where owner.At("spec.template.spec") is not null
        select (owner, owner.At("spec.template")!);

    public static IEnumerable<(JsonObject Owner, JsonNode Container)> Containers(this IEnumerable<JsonObject> objects) =>
        from pod in objects.Pods()
        from container in pod.Pod.Items("spec.containers").Concat(pod.Pod.Items("spec.initContainers"))
        select (pod.Owner, container);

    /// <summary>Whether labels are what a selector with matchLabels and matchExpressions (In, Exists) asks for; an absent one asks for nothing.</summary>
    public static bool Matches(this JsonNode? selector, IReadOnlyDictionary<string, string> labels) =>
        selector.Map("matchLabels").All(pair => labels.GetValueOrDefault(pair.Key) == pair.Value)
        && selector.Items("matchExpressions").All(expression => expression.Text("operator") switch
        {
            "In" => labels.TryGetValue(expression.Text("key")!, out string? value) && expression.Items("values").Any(known => known.ToString() == value),
            "Exists" => labels.ContainsKey(expression.Text("key")!),
            var other => throw new NotSupportedException($"The operator {other} is not known to this test."),
        });
}
