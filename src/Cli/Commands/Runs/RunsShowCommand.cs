using System.CommandLine;
using Grpc.Net.Client;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Connections;
using Maml.Cluster.Cli.Rendering;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Commands.Runs;

/// <summary><c>maml runs show</c>.</summary>
internal sealed class RunsShowCommand : MamlCommand
{
    private readonly ConnectionOptions _connection = ConnectionOptions.ForClient();
    private readonly Argument<string> _run = RunArgument.Create();
    private readonly Option<bool> _json = new("--json") { Description = "Prints the answer of the coordinator as JSON." };

    public RunsShowCommand(Terminal terminal, CommandRunner runner)
        : base("show", "Shows one run as it is now.", "maml runs show RUN")
    {
        Add(_run);
        _connection.AddTo(this);
        Add(_json);
        SetAction((parsed, cancellation) => runner.RunAsync(interrupt => RunAsync(parsed, terminal, interrupt), cancellation));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken interrupt)
    {
        using GrpcChannel channel = _connection.CreateChannel(parsed, terminal);
        var request = new GetRunRequest { RunId = parsed.GetRequiredValue(_run) };
        Run run = await new RunService.RunServiceClient(channel).GetRunAsync(request, cancellationToken: interrupt);
        if (parsed.GetValue(_json)) await terminal.Output.WriteLineAsync(run.ToString());
        else foreach (string line in RunDescription.Lines(run)) await terminal.Output.WriteLineAsync(line);
        return ExitCode.Done;
    }
}
