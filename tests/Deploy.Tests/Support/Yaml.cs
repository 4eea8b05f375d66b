using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Maml.Cluster.Deploy.Tests.Support;

/// <summary>YAML as JSON, with plain scalars read by YAML's core schema as Kubernetes reads them.</summary>
internal static partial class Yaml
{
    public static IReadOnlyList<JsonObject> Documents(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => Convert(document.RootNode)).OfType<JsonObject>()];
    }

    public static JsonObject Document(string text) => Documents(text).Single();

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping => ConvertMapping(mapping),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var text } => ConvertPlain(text ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new InvalidOperationException($"An unexpected node at line {node.Start.Line}."),
    };

    private static JsonObject ConvertMapping(YamlMappingNode mapping)
    {
        var result = new JsonObject();
        foreach ((YamlNode key, YamlNode value) in mapping.Children)
        {
            string name = ((YamlScalarNode)key).Value!;
            if (name != "<<") result[name] = Convert(value);
        }

        // What is merged in fills the gaps.
        if (mapping.Children.TryGetValue(new YamlScalarNode("<<"), out YamlNode? merged))
            foreach ((string name, JsonNode? value) in (JsonObject)Convert(merged)!)
                if (!result.ContainsKey(name)) result[name] = value?.DeepClone();
        return result;
    }

    private static JsonNode? ConvertPlain(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when Integer().IsMatch(text) => JsonValue.Create(long.Parse(text, CultureInfo.InvariantCulture)),
        _ when Fraction().IsMatch(text) => JsonValue.Create(double.Parse(text, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(text),
    };

    [GeneratedRegex(@"\A[-+]?(0|[1-9][0-9]*)\z")]
    private static partial Regex Integer();

    [GeneratedRegex(@"\A[-+]?[0-9]+\.[0-9]+\z")]
    private static partial Regex Fraction();
}
