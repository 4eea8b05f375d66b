using System.CommandLine;
using System.CommandLine.Invocation;

namespace Maml.Cluster.Cli.CommandLine;

/// <summary>The usual help, then the examples of the command.</summary>
internal sealed class ExamplesHelpAction(SynchronousCommandLineAction usualHelp, string rootExamples) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usualHelp.Invoke(parseResult);
        string examples = parseResult.CommandResult.Command is MamlCommand command ? command.Examples : rootExamples;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string line in examples.Split('\n')) output.WriteLine($"  {line}");
        output.WriteLine();
        return ExitCode.Done;
    }
}
