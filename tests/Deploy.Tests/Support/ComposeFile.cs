using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Maml.Cluster.Deploy.Tests.Support;

/// <summary>deploy/docker/compose.yaml with the values of deploy/docker/.env.</summary>
internal static partial class ComposeFile
{
    public static readonly string Folder = Repository.At("deploy", "docker");

    public static IReadOnlyDictionary<string, string> Variables { get; } = File.ReadAllLines(Path.Combine(Folder, ".env"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1]);

    public static JsonObject Load() => Yaml.Document(Variable().Replace(
        File.ReadAllText(Path.Combine(Folder, "compose.yaml")), match => Variables[match.Groups[1].Value]));

    [GeneratedRegex(@"\$\{([A-Z_]+)\}")]
    private static partial Regex Variable();
}
