using System.CommandLine;
using Grpc.Net.Client;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Connections;
using Maml.Cluster.Cli.Rendering;
using Maml.Cluster.Cli.Training;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Commands.Runs;

/// <summary><c>maml runs watch</c>.</summary>
internal sealed class RunsWatchCommand : MamlCommand
{
    private readonly ConnectionOptions _connection = ConnectionOptions.ForClient();
    private readonly Argument<string> _run = RunArgument.Create();

    public RunsWatchCommand(Terminal terminal, CommandRunner runner, TimeProvider time)
        : base("watch", "Follows a run to its end. Ctrl-C ends the watching, not the run.", "maml runs watch RUN")
    {
        Add(_run);
        _connection.AddTo(this);
        SetAction((parsed, cancellation) => runner.RunAsync(interrupt => RunAsync(parsed, terminal, time, interrupt), cancellation));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, TimeProvider time, CancellationToken interrupt)
    {
        using GrpcChannel channel = _connection.CreateChannel(parsed, terminal);
        ITrainingDisplay display = terminal.IsInteractive
            ? new LiveTrainingDisplay(terminal.CreateConsole(), time)
            : new PlainTrainingDisplay(terminal.Output, time);
        IAsyncEnumerable<RunEvent> events = RunFeed.WatchOnAsync(
            new RunService.RunServiceClient(channel), parsed.GetRequiredValue(_run), time, interrupt);
        TrainingProgress progress = await display.ShowAsync(events);
        if (progress.Run.State == RunState.Failed) throw new CommandFailedException(progress.Run.Fault);
        TrainingReport.Write(terminal, progress);
        return ExitCode.Done;
    }
}
