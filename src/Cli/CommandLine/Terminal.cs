using Spectre.Console;

namespace Maml.Cluster.Cli.CommandLine;

/// <summary>Where a command writes.</summary>
/// <param name="Output">Results and progress.</param>
/// <param name="Error">Errors and logs.</param>
/// <param name="IsInteractive">Whether a person watches <paramref name="Output"/>: displays may then move the cursor.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsInteractive)
{
    // A file has no width of its own; this is wide enough for every table.
    private const int FileWidth = 120;

    /// <summary>The process's own standard streams.</summary>
    public static Terminal System() => new(Console.Out, Console.Error, !Console.IsOutputRedirected);

    /// <summary>A console for tables and live displays on <see cref="Output"/>; plain text when nobody watches.</summary>
    public IAnsiConsole CreateConsole()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Output),
            Ansi = IsInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = IsInteractive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = IsInteractive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!IsInteractive) console.Profile.Width = FileWidth;
        return console;
    }
}
