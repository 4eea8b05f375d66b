using System.CommandLine;
using System.CommandLine.Parsing;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Cli.Configuration;

/// <summary><c>--set path=value</c>: values that take the place of a configuration's own.</summary>
internal sealed class SettingOption
{
    private readonly Option<ConfigurationOverride[]> _set = new("--set")
    {
        Description = "Changes one value, such as inner.steps=5; may be repeated.",
        HelpName = "path=value",
        CustomParser = ParseOverrides,
    };

    public void AddTo(Command command) => command.Add(_set);

    /// <summary>Whether any was given.</summary>
    public bool IsGiven(CommandResult result) => result.GetResult(_set) is not null;

    /// <summary>The values, in the order given.</summary>
    public IReadOnlyList<ConfigurationOverride> Overrides(ParseResult parsed) => parsed.GetValue(_set) ?? [];

    private static ConfigurationOverride[] ParseOverrides(ArgumentResult result)
    {
        var overrides = new List<ConfigurationOverride>();
        foreach (Token token in result.Tokens)
        {
            try
            {
                overrides.Add(ConfigurationOverride.Parse(token.Value));
            }
            catch (ConfigurationException exception)
            {
                foreach (ConfigurationFault fault in exception.Faults) result.AddError($"--set: {fault}.");
            }
        }

        return [.. overrides];
    }
}
