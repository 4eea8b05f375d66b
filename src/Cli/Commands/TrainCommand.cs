using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Configuration;
using Maml.Cluster.Cli.LocalCluster;
using Maml.Cluster.Cli.Rendering;
using Maml.Cluster.Cli.Training;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Cli.Commands;

/// <summary><c>maml train</c>: meta-trains on this machine.</summary>
internal sealed class TrainCommand : MamlCommand
{
    private readonly ConfigurationOptions _configuration = new(isOptional: true);
    private readonly ClusterOptions _cluster = new();

    private readonly Option<long?> _iterations = new("--iterations")
    {
        Description = "Iterations of the outer loop. [default: as configured]",
        HelpName = "N",
        CustomParser = WholeNumber.Between(1, long.MaxValue),
    };

    private readonly Option<string> _output = new("--output")
    {
        Description = "Folder in which the run's own folder is made.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "runs",
    };

    private readonly Option<long?> _port = new("--port")
    {
        Description = "Port of the coordinator on this machine. [default: any that is free]",
        HelpName = "N",
        CustomParser = WholeNumber.Between(1, 65535),
    };

    private readonly Option<string?> _resume = new("--resume")
    {
        Description = "Goes on with the run in this folder, from its newest checkpoint that holds. Takes the place of PRESET|FILE.yaml.",
        HelpName = "RUN-DIR",
    };

    private readonly MonitoringWords _monitoring = new(" Its workers take the ports after it.");

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Prints the result only, no progress." };

    public TrainCommand(Terminal terminal, CommandRunner runner, TimeProvider time)
        : base("train", "Meta-trains a model on this machine: one coordinator, and one worker process a core or GPU.", """
            maml train sinusoid                                                  small, needs no data
            maml train omniglot-5way-1shot --data ~/omniglot --devices cuda      on every GPU
            maml train sinusoid --workers 2 --iterations 70000 --seed 1          the paper's length
            maml train sinusoid --set inner.steps=5 --set algorithm=fomaml       other values
            maml train sinusoid --metrics-listen 127.0.0.1:9464                  watched by Prometheus; worker N at port 9464 + N
            maml train runs/RUN/config.yaml                                      an earlier run again
            maml train --resume runs/RUN                                         an earlier run, from where it was left
            """)
    {
        _configuration.AddTo(this);
        Add(_iterations);
        Add(_resume);
        _cluster.AddTo(this);
        Add(_output);
        Add(_port);
        _monitoring.AddTo(this);
        Add(_quiet);
        Validators.Add(RequireOneStart);
        SetAction((parsed, cancellation) => runner.RunAsync(interrupt => RunAsync(parsed, terminal, time, interrupt), cancellation));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, TimeProvider time, CancellationToken interrupt)
    {
        (TrainingStart start, string runsDirectory) = ChooseStart(parsed);
        var request = new TrainingRequest(
            start,
            new LocalClusterOptions
            {
                RunsDirectory = runsDirectory,
                DataDirectory = _configuration.DataDirectory(parsed),
                Devices = _cluster.Devices(parsed),
                Port = (int)(parsed.GetValue(_port) ?? 0),
                Monitoring = _monitoring.Monitoring(parsed),
                Telemetry = _monitoring.Telemetry(parsed),
            });
        var session = new TrainingSession(request, ChooseDisplay(parsed, terminal, time), time);
        TrainingProgress progress = await session.RunAsync(interrupt);
        TrainingReport.Write(terminal, progress);
        interrupt.ThrowIfCancellationRequested();
        return progress.Run.State == RunState.Completed ? ExitCode.Done : ExitCode.Interrupted;
    }

    private void RequireOneStart(CommandResult result)
    {
        bool isResumed = result.GetResult(_resume) is not null;
        if (!isResumed && !_configuration.HasChoice(result))
            result.AddError("Found neither a preset nor a file; expected 'maml train PRESET|FILE.yaml', or --resume RUN-DIR. 'maml presets' lists the presets.");
        if (isResumed && (_configuration.IsGiven(result) || result.GetResult(_iterations) is not null || result.GetResult(_output) is { Implicit: false }))
            result.AddError("--resume goes on with a run as it is: leave PRESET|FILE.yaml, --iterations, --seed, --set and --output away.");
    }

    private (TrainingStart Start, string RunsDirectory) ChooseStart(ParseResult parsed)
    {
        if (parsed.GetValue(_resume) is { } folder)
        {
            string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
            return Directory.Exists(full)
                ? (new TrainingStart.Resumed(Path.GetFileName(full)), Path.GetDirectoryName(full) ?? full)
                : throw new CommandFailedException($"There is no folder '{folder}'; expected a run's folder, as 'maml train' prints it.");
        }

        ConfigurationOverride[] overrides = parsed.GetValue(_iterations) is { } iterations
            ? [new("outer.iterations", iterations.ToString(CultureInfo.InvariantCulture))]
            : [];
        return (new TrainingStart.New(_configuration.Load(parsed, overrides)), Path.GetFullPath(parsed.GetRequiredValue(_output)));
    }

    private ITrainingDisplay ChooseDisplay(ParseResult parsed, Terminal terminal, TimeProvider time) => parsed.GetValue(_quiet)
        ? new QuietTrainingDisplay()
        : terminal.IsInteractive
            ? new LiveTrainingDisplay(terminal.CreateConsole(), time)
            : new PlainTrainingDisplay(terminal.Output, time);
}
