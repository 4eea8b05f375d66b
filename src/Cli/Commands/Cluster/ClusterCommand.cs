using Maml.Cluster.Cli.CommandLine;

namespace Maml.Cluster.Cli.Commands.Cluster;

/// <summary><c>maml cluster</c>: what several coordinators that share their runs need.</summary>
internal sealed class ClusterCommand : MamlCommand
{
    public ClusterCommand(Terminal terminal, CommandRunner runner)
        : base("cluster", "Prepares what coordinators that share their runs have in common.", """
            maml cluster init --connection 'Host=db;Database=maml;Username=maml;Password=…'
            maml cluster init --connection-file /etc/maml/database/connection
            """) => Add(new ClusterInitCommand(terminal, runner));
}
