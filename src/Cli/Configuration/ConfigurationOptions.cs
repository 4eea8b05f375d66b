using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Cli.Configuration;

/// <summary>The words that several commands have in common to choose a configuration.</summary>
/// <param name="isOptional">Whether the command can do without a configuration.</param>
/// <param name="hasData">Whether the data are read on this machine.</param>
internal sealed class ConfigurationOptions(bool isOptional = false, bool hasData = true)
{
    private readonly Argument<string?> _presetOrFile = new("PRESET|FILE.yaml")
    {
        Arity = isOptional ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        Description = "A preset (see 'maml presets') or a YAML file, such as the config.yaml of an earlier run.",
    };

    private readonly Option<ulong?> _seed = new("--seed")
    {
        Description = "The run's only source of randomness. [default: as configured]",
        HelpName = "N",
        CustomParser = WholeNumber.Seed,
    };

    private readonly SettingOption _set = new();

    private readonly Option<string?> _data = new("--data")
    {
        Description = "Folder with Omniglot: images_background and images_evaluation, as folders or as the authors' zip files.",
        HelpName = "DIR",
    };

    public void AddTo(Command command)
    {
        command.Add(_presetOrFile);
        command.Add(_seed);
        _set.AddTo(command);
        if (hasData) command.Add(_data);
    }

    /// <summary>Whether a preset or a file was named.</summary>
    public bool HasChoice(CommandResult result) => result.GetResult(_presetOrFile) is { Tokens.Count: > 0 };

    /// <summary>Whether anything of a configuration was given.</summary>
    public bool IsGiven(CommandResult result) =>
        HasChoice(result) || result.GetResult(_seed) is not null || _set.IsGiven(result);

    /// <summary>The folder with the data, if one was given.</summary>
    public string? DataDirectory(ParseResult parsed) => parsed.GetValue(_data);

    /// <summary>The configuration, with <paramref name="more"/> changes applied last.</summary>
    public ChosenConfiguration Load(ParseResult parsed, params IEnumerable<ConfigurationOverride> more)
    {
        List<ConfigurationOverride> overrides = [.. _set.Overrides(parsed)];
        if (parsed.GetValue(_seed) is { } seed) overrides.Add(new("seed", seed.ToString(CultureInfo.InvariantCulture)));
        overrides.AddRange(more);
        return ConfigurationChoice.Load(parsed.GetRequiredValue(_presetOrFile)!, overrides);
    }
}
