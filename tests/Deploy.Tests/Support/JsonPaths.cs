using System.Text.Json.Nodes;

namespace Maml.Cluster.Deploy.Tests.Support;

/// <summary>Ways into JSON by paths such as <c>spec.template.spec</c>; a key with points in it is given alone, by <see cref="Key"/>.</summary>
internal static class JsonPaths
{
    public static JsonNode? At(this JsonNode? node, string path) => path.Split('.').Aggregate(node, (current, name) => current.Key(name));

    public static JsonNode? Key(this JsonNode? node, string name) => (node as JsonObject)?[name];

    public static string? Text(this JsonNode? node, string path) => node.At(path)?.ToString();

    public static IEnumerable<JsonNode> Items(this JsonNode? node, string path) => (node.At(path) as JsonArray)?.OfType<JsonNode>() ?? [];

    public static IReadOnlyDictionary<string, string> Map(this JsonNode? node, string path) =>
        (node.At(path) as JsonObject)?.ToDictionary(pair => pair.Key, pair => pair.Value!.ToString()) ?? [];

    public static bool IsTrue(this JsonNode? node, string path) => node.At(path) is JsonValue value && value.TryGetValue(out bool isSet) && isSet;

    public static bool IsFalse(this JsonNode? node, string path) => node.At(path) is JsonValue value && value.TryGetValue(out bool isSet) && !isSet;

    public static string Name(this JsonNode? node) => $"{node.Text("kind")} {node.Text("metadata.name")}";
}
