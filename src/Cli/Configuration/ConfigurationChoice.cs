using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Cli.Configuration;

/// <summary>Finds what <c>PRESET|FILE.yaml</c> names.</summary>
internal static class ConfigurationChoice
{
    /// <summary>The configuration of a preset or a file, with some values changed.</summary>
    /// <exception cref="UsageException">There is neither a preset nor a file of that name.</exception>
    /// <exception cref="ConfigurationException">It cannot be used; all faults at once.</exception>
    public static ChosenConfiguration Load(string presetOrFile, IReadOnlyList<ConfigurationOverride> overrides)
    {
        if (Presets.TryGet(presetOrFile, out Preset? preset))
            return new(RunConfigurationFile.Parse(preset.Yaml, $"preset {preset.Name}", overrides), preset.Name);
        if (File.Exists(presetOrFile))
            return new(RunConfigurationFile.Load(presetOrFile, overrides), "");
        throw new UsageException(Describe(presetOrFile));
    }

    private static string Describe(string presetOrFile)
    {
        if (Directory.Exists(presetOrFile))
            return $"'{presetOrFile}' is a folder; expected a preset or a YAML file, such as '{Path.Combine(presetOrFile, "config.yaml")}'.";
        if (LooksLikeFile(presetOrFile)) return $"There is no file '{presetOrFile}'; expected a preset or a YAML file.";
        string known = string.Join(", ", Presets.All.Select(preset => preset.Name));
        string hint = Suggestions.Closest(presetOrFile, Presets.All.Select(preset => preset.Name)) is { } closest ? $" Did you mean '{closest}'?" : "";
        return $"There is no preset or file '{presetOrFile}'.{hint} Presets: {known}.";
    }

    private static bool LooksLikeFile(string text) =>
        text.Contains(Path.DirectorySeparatorChar)
        || text.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
        || text.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
}
