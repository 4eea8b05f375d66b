using System.Text.Json.Nodes;
using Maml.Cluster.Deploy.Tests.Support;

namespace Maml.Cluster.Deploy.Tests.Rules;

/// <summary>Changes to sound manifests.</summary>
internal sealed class ManifestSurgery(IList<JsonObject> objects)
{
    public JsonObject Coordinator => objects.Single(found => found.Name() == "StatefulSet maml-coordinator");

    public JsonObject Worker => objects.Single(found => found.Name() == "Deployment maml-worker-gpu");

    public JsonObject Pod => (JsonObject)Worker.At("spec.template.spec")!;

    public JsonObject Container => (JsonObject)Pod.Items("containers").First();

    public JsonObject Find(string kind) => objects.First(found => found.Text("kind") == kind);

    public bool HasKind(string kind) => objects.Any(found => found.Text("kind") == kind);

    public void Remove(string kind) => objects.Remove(Find(kind));

    public void Add(string json) => objects.Add((JsonObject)JsonNode.Parse(json)!);

    /// <summary>Puts a value, given as JSON, at a path that may not be there yet.</summary>
    public static void Set(JsonObject at, string path, string json)
    {
        string[] names = path.Split('.');
        foreach (string name in names[..^1]) at = (JsonObject)(at[name] ??= new JsonObject());
        at[names[^1]] = JsonNode.Parse(json);
    }

    public static void Unset(JsonObject at, string path)
    {
        int point = path.LastIndexOf('.');
        ((JsonObject)(point < 0 ? at : at.At(path[..point])!)).Remove(path[(point + 1)..]).ShouldBeTrue();
    }
}
