using System.CommandLine;
using Grpc.Net.Client;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Connections;
using Maml.Cluster.Cli.Evaluation;
using Maml.Cluster.Cli.LocalCluster;
using Maml.Cluster.Cli.Rendering;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Commands;

/// <summary><c>maml evaluate</c>: measures a run or a checkpoint on held-out tasks.</summary>
internal sealed class EvaluateCommand : MamlCommand
{
    private readonly ClusterOptions _cluster = new();

    private readonly ConnectionOptions _connection = ConnectionOptions.ForClient();
    private readonly ParametersOption _parameters = new();

    private readonly Argument<string?> _target = new("RUN-DIR|CHECKPOINT")
    {
        Description = "A run's folder, for its newest checkpoint, or one of its checkpoints/*.safetensors; computed on this machine.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _run = new("--run")
    {
        Description = "In the place of a folder: a run that a coordinator knows; computed on its workers.",
        HelpName = "ID",
    };

    private readonly Option<long?> _tasks = new("--tasks")
    {
        Description = "Held-out tasks. [default: as the run's configuration says]",
        HelpName = "N",
        CustomParser = WholeNumber.Between(1, 100_000),
    };

    private readonly Option<long?> _innerSteps = new("--inner-steps")
    {
        Description = "Inner steps; may exceed those of training. [default: as the run's configuration says]",
        HelpName = "N",
        CustomParser = WholeNumber.Between(0, 1_000),
    };

    private readonly Option<string?> _data = new("--data") { Description = "Folder with Omniglot, for a run on it.", HelpName = "DIR" };

    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON, with the names of 'evaluation' in a run's summary.json." };

    public EvaluateCommand(Terminal terminal, CommandRunner runner, TimeProvider time)
        : base("evaluate", "Measures loss and accuracy on held-out tasks after each inner step.", """
            maml evaluate runs/RUN                                         as configured
            maml evaluate runs/RUN --inner-steps 10 --tasks 1000           longer
            maml evaluate runs/RUN/checkpoints/NAME.safetensors --json     for other programs
            maml evaluate --coordinator https://coordinator:5100 --run RUN --best
            """)
    {
        Add(_target);
        Add(_run);
        _parameters.AddTo(this);
        _connection.AddTo(this);
        Add(_tasks);
        Add(_innerSteps);
        Add(_data);
        _cluster.AddTo(this);
        Add(_json);
        Validators.Add(result =>
        {
            if (result.GetValue(_target) is null == result.GetValue(_run) is null)
                result.AddError("expected a run's folder or a checkpoint, or --run with the identifier of a coordinator's run: one of them.");
        });
        SetAction((parsed, cancellation) => runner.RunAsync(interrupt => RunAsync(parsed, terminal, time, interrupt), cancellation));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, TimeProvider time, CancellationToken interrupt)
    {
        var progress = new EvaluationProgressLine(terminal);
        EvaluationResult result = parsed.GetValue(_run) is { } run
            ? await EvaluateThereAsync(run, parsed, progress, terminal, interrupt)
            : await EvaluateHereAsync(parsed, progress, time, interrupt);
        progress.Clear();
        if (parsed.GetValue(_json))
        {
            await terminal.Output.WriteLineAsync(EvaluationJson.Write(result));
            return ExitCode.Done;
        }

        await terminal.Output.WriteLineAsync($"After {result.Iteration} iterations of meta-training, mean and 95 % interval over {result.Tasks} held-out tasks:");
        terminal.CreateConsole().Write(EvaluationTable.Create(result));
        return ExitCode.Done;
    }

    private async Task<EvaluationResult> EvaluateThereAsync(
        string run, ParseResult parsed, EvaluationProgressLine progress, Terminal terminal, CancellationToken interrupt)
    {
        using GrpcChannel channel = _connection.CreateChannel(parsed, terminal);
        return await EvaluationCall.ReadAsync(channel, Complete(new EvaluateRequest { RunId = run }, parsed), progress.Show, interrupt);
    }

    private async Task<EvaluationResult> EvaluateHereAsync(ParseResult parsed, EvaluationProgressLine progress, TimeProvider time, CancellationToken interrupt)
    {
        EvaluationTarget target = EvaluationTarget.Find(parsed.GetRequiredValue(_target)!);
        var options = new LocalClusterOptions
        {
            RunsDirectory = target.RunsDirectory,
            DataDirectory = parsed.GetValue(_data),
            Devices = _cluster.Devices(parsed),
        };
        return await new EvaluationSession(options, time).RunAsync(Complete(target.ToRequest(), parsed), progress.Show, interrupt);
    }

    private EvaluateRequest Complete(EvaluateRequest request, ParseResult parsed)
    {
        if (parsed.GetValue(_tasks) is { } tasks) request.Tasks = (uint)tasks;
        if (parsed.GetValue(_innerSteps) is { } steps) request.InnerSteps = (uint)steps;
        (request.Choice, request.Iteration) = _parameters.Read(parsed);
        return request;
    }
}
