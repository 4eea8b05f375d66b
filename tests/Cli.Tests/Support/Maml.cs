using Maml.Cluster.Cli.CommandLine;

namespace Maml.Cluster.Cli.Tests.Support;

/// <summary>The real entry point, with writers in the place of the standard streams.</summary>
internal static class Maml
{
    public static async Task<CommandResult> RunAsync(params string[] arguments)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        int exitCode = await MamlCommandLine.RunAsync(arguments, new Terminal(output, errors, IsInteractive: false), TimeProvider.System, CancellationToken.None);
        return new CommandResult(exitCode, output.ToString(), errors.ToString());
    }
}
