using System.CommandLine;
using Grpc.Net.Client;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Connections;
using Maml.Cluster.Cli.Rendering;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Commands.Runs;

/// <summary><c>maml runs list</c>.</summary>
internal sealed class RunsListCommand : MamlCommand
{
    private readonly ConnectionOptions _connection = ConnectionOptions.ForClient();
    private readonly Option<bool> _json = new("--json") { Description = "Prints the answer of the coordinator as JSON." };

    public RunsListCommand(Terminal terminal, CommandRunner runner)
        : base("list", "Lists all runs, newest first.", "maml runs list")
    {
        _connection.AddTo(this);
        Add(_json);
        SetAction((parsed, cancellation) => runner.RunAsync(interrupt => RunAsync(parsed, terminal, interrupt), cancellation));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken interrupt)
    {
        using GrpcChannel channel = _connection.CreateChannel(parsed, terminal);
        ListRunsResponse list = await new RunService.RunServiceClient(channel).ListRunsAsync(new ListRunsRequest(), cancellationToken: interrupt);
        if (parsed.GetValue(_json)) await terminal.Output.WriteLineAsync(list.ToString());
        else if (list.Runs.Count == 0) await terminal.Output.WriteLineAsync("There are no runs yet. Start one with 'maml runs start PRESET'.");
        else terminal.CreateConsole().Write(RunTable.Create(list.Runs));
        return ExitCode.Done;
    }
}
