using System.Text.Json;

namespace Maml.Cluster.EndToEnd.Processes;

/// <summary>What a run left behind.</summary>
internal sealed class RunSummary
{
    private readonly JsonElement _root;

    private RunSummary(string folder)
    {
        Folder = folder;
        _root = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "summary.json"))).RootElement;
    }

    public string Folder { get; }

    public string Hash => _root.GetProperty("metaParametersSha256").GetString()!;

    public JsonElement Steps => _root.GetProperty("evaluation").GetProperty("steps");

    public JsonElement this[string name] => _root.GetProperty(name);

    /// <summary>Reads the only run below a folder.</summary>
    public static RunSummary Single(string parent) => new(Path.GetDirectoryName(Directory.GetFiles(parent, "summary.json", SearchOption.AllDirectories).Single())!);
}
