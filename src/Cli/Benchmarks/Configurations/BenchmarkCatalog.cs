using System.Reflection;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Cli.Benchmarks.Configurations;

/// <summary>What <c>maml bench</c> can measure: two configurations of its own, presets, and any file.</summary>
internal static class BenchmarkCatalog
{
    private const string Sinusoid = "sinusoid";

    // A run is stopped when it has been measured; until then it must not end by itself, pause for an evaluation, or learn so much
    // that its numbers overflow. None of that changes what an iteration costs.
    private static readonly ConfigurationOverride[] Fixed =
    [
        new("outer.iterations", "1000000"), new("outer.learningRate", "1e-6"), new("outer.schedule", "constant"),
        new("evaluation.every", "0"), new("evaluation.tasks", "2"), new("evaluation.innerSteps", "1"), new("evaluation.query", "1"),
    ];

    private static readonly string[] Own = ["A", "B"];

    /// <summary>What is measured where nothing is named.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Own, .. Presets.All.Select(preset => preset.Name).Where(name => name.StartsWith("omniglot-", StringComparison.Ordinal)), Sinusoid];

    /// <summary>Finds configurations.</summary>
    /// <param name="names">Names, case aside, or YAML files; all of <see cref="Names"/> where there is none.</param>
    /// <param name="overrides">Values to change in each.</param>
    /// <exception cref="UsageException">There is no such configuration.</exception>
    /// <exception cref="ConfigurationException">One cannot be used; all of its faults are named.</exception>
    public static IReadOnlyList<BenchmarkConfiguration> Find(IReadOnlyList<string> names, IReadOnlyList<ConfigurationOverride> overrides)
    {
        ConfigurationOverride[] all = [.. Fixed, .. overrides];
        return [.. (names.Count == 0 ? Names : names).Select(name => Find(name, all))];
    }

    private static BenchmarkConfiguration Find(string name, ConfigurationOverride[] overrides)
    {
        if (Array.Find(Own, known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } own)
            return new(own, RunConfigurationFile.Parse(ReadOwn(own), $"configuration {own}", overrides));
        if (Presets.All.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } preset)
            return new(preset.Name, RunConfigurationFile.Parse(preset.Yaml, $"preset {preset.Name}", overrides));
        if (File.Exists(name))
            return new(Path.GetFileNameWithoutExtension(name), RunConfigurationFile.Load(name, overrides));

        string hint = Suggestions.Closest(name, Own.Concat(Presets.All.Select(known => known.Name))) is { } closest ? $" Did you mean '{closest}'?" : "";
        throw new UsageException($"There is no configuration or file '{name}'.{hint} Expected {string.Join(", ", Names)}, another preset, or a YAML file.");
    }

    private static string ReadOwn(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"benchmarks/{name}.yaml")
            ?? throw new InvalidOperationException($"The configuration '{name}' was not built into the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
