using System.CommandLine;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Cli.Commands;

/// <summary><c>maml presets</c>: lists the presets, or prints one as YAML.</summary>
internal sealed class PresetsCommand : MamlCommand
{
    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "A preset to print as YAML, to be copied and changed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public PresetsCommand(Terminal terminal, CommandRunner runner)
        : base("presets", "Lists the presets; with a name, prints that preset's YAML.", """
            maml presets                             what there is
            maml presets sinusoid > mine.yaml        a file of your own to begin with
            maml train mine.yaml
            """)
    {
        Add(_name);
        SetAction((parsed, cancellation) => runner.RunAsync(_ => RunAsync(parsed.GetValue(_name), terminal), cancellation));
    }

    private static async Task<int> RunAsync(string? name, Terminal terminal)
    {
        if (name is null)
        {
            int width = Presets.All.Max(preset => preset.Name.Length);
            foreach (Preset preset in Presets.All) await terminal.Output.WriteLineAsync($"{preset.Name.PadRight(width)}  {preset.Summary}");
            return ExitCode.Done;
        }

        if (Presets.TryGet(name, out Preset? found))
        {
            await terminal.Output.WriteAsync(found.Yaml);
            return ExitCode.Done;
        }

        string hint = Suggestions.Closest(name, Presets.All.Select(preset => preset.Name)) is { } closest ? $" Did you mean '{closest}'?" : "";
        throw new UsageException($"There is no preset '{name}'.{hint} 'maml presets' lists them.");
    }
}
