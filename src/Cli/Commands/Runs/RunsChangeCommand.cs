using System.CommandLine;
using Grpc.Net.Client;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Connections;
using Maml.Cluster.Cli.Rendering;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Commands.Runs;

/// <summary><c>maml runs pause</c>, <c>resume</c> and <c>stop</c>: one word to the coordinator, which answers with the run.</summary>
internal sealed class RunsChangeCommand : MamlCommand
{
    private readonly ConnectionOptions _connection = ConnectionOptions.ForClient();
    private readonly Argument<string> _run = RunArgument.Create();

    private RunsChangeCommand(
        string name, string description, Terminal terminal, CommandRunner runner, Func<RunService.RunServiceClient, string, CancellationToken, Task<Run>> change)
        : base(name, description, $"maml runs {name} RUN")
    {
        Add(_run);
        _connection.AddTo(this);
        SetAction((parsed, cancellation) => runner.RunAsync(
            async interrupt =>
            {
                using GrpcChannel channel = _connection.CreateChannel(parsed, terminal);
                Run run = await change(new RunService.RunServiceClient(channel), parsed.GetRequiredValue(_run), interrupt);
                await terminal.Output.WriteLineAsync($"{run.RunId}: {ProgressLines.State(run)} after {run.Iteration} iterations");
                return ExitCode.Done;
            },
            cancellation));
    }

    public static RunsChangeCommand Pause(Terminal terminal, CommandRunner runner) => new(
        "pause", "Pauses a run after the iteration at hand, with a checkpoint.", terminal, runner,
        (runs, run, interrupt) => runs.PauseRunAsync(new PauseRunRequest { RunId = run }, cancellationToken: interrupt).ResponseAsync);

    public static RunsChangeCommand Resume(Terminal terminal, CommandRunner runner) => new(
        "resume", "Goes on with a run that is paused, was stopped or failed.", terminal, runner,
        (runs, run, interrupt) => runs.ResumeRunAsync(new ResumeRunRequest { RunId = run }, cancellationToken: interrupt).ResponseAsync);

    public static RunsChangeCommand Stop(Terminal terminal, CommandRunner runner) => new(
        "stop", "Stops a run after the iteration at hand, with a checkpoint.", terminal, runner,
        (runs, run, interrupt) => runs.StopRunAsync(new StopRunRequest { RunId = run }, cancellationToken: interrupt).ResponseAsync);
}
