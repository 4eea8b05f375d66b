using System.CommandLine;
using System.CommandLine.Invocation;

namespace Maml.Cluster.Cli.CommandLine;

/// <summary>The usual help, then the examples of the command.</summary>
internal sealed class ExamplesHelpAction(SynchronousCommandLineAction usualHelp, string rootExamples) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.Write(UsualHelp(parseResult));
        string examples = parseResult.CommandResult.Command is MamlCommand command ? command.Examples : rootExamples;
        output.WriteLine("Examples:");
        foreach (string line in examples.Split('\n')) output.WriteLine($"  {line}");
        output.WriteLine();
        return ExitCode.Done;
    }

    private string UsualHelp(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        using var help = new StringWriter();
        parseResult.InvocationConfiguration.Output = help;
        usualHelp.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        // The file's name stands in the usage line, and nobody types that.
        return help.ToString().Replace(RootCommand.ExecutableName, "maml", StringComparison.Ordinal);
    }
}
