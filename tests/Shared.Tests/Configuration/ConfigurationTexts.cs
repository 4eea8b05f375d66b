using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Shared.Tests.Configuration;

/// <summary>Texts that several tests start from.</summary>
internal static class ConfigurationTexts
{
    public const string Smallest = """
        model: { kind: mlp }
        tasks: { source: sinusoid, shot: 5, query: 10 }
        """;

    public static string Omniglot => Yaml("omniglot-5way-1shot");

    public static string Yaml(string preset) => Presets.TryGet(preset, out Preset? found) ? found.Yaml : throw new ArgumentException(preset);

    public static RunConfiguration Parse(string yaml, params string[] overrides) =>
        RunConfigurationFile.Parse(yaml, "run.yaml", [.. overrides.Select(ConfigurationOverride.Parse)]);

    public static IReadOnlyList<ConfigurationFault> FaultsOf(string yaml, params string[] overrides) =>
        Should.Throw<ConfigurationException>(() => Parse(yaml, overrides)).Faults;
}
