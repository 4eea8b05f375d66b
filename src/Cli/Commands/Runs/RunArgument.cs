using System.CommandLine;

namespace Maml.Cluster.Cli.Commands.Runs;

/// <summary>The run that a command is about.</summary>
internal static class RunArgument
{
    public static Argument<string> Create() => new("RUN") { Description = "The run's identifier, as 'maml runs list' shows it." };
}
