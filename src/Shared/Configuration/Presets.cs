using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Maml.Cluster.Shared.Configuration;

/// <summary>The configurations that come with the program.</summary>
public static class Presets
{
    // From the quickest to the longest, as a newcomer would try them.
    private static readonly string[] Names =
    [
        "sinusoid", "logistic", "omniglot-5way-1shot", "alphabets-5way-1shot", "omniglot-5way-5shot", "omniglot-20way-1shot", "omniglot-20way-5shot",
    ];

    /// <summary>All of them, from the quickest to the longest.</summary>
    public static IReadOnlyList<Preset> All { get; } = [.. Names.Select(Read)];

    /// <summary>Finds a preset by its name.</summary>
    public static bool TryGet(string name, [NotNullWhen(true)] out Preset? preset)
    {
        preset = All.FirstOrDefault(candidate => candidate.Name == name);
        return preset is not null;
    }

    private static Preset Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"presets/{name}.yaml")
            ?? throw new InvalidOperationException($"The preset '{name}' was not built into the program.");
        using var reader = new StreamReader(stream);
        string yaml = reader.ReadToEnd();
        return new Preset(name, yaml.Split('\n', 2)[0].TrimStart('#').Trim(), yaml);
    }
}
