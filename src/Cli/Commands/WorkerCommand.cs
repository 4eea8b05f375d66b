using System.CommandLine;
using System.CommandLine.Parsing;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Connections;
using Maml.Cluster.Cli.LocalCluster;
using Maml.Cluster.Worker.Hosting;

namespace Maml.Cluster.Cli.Commands;

/// <summary><c>maml worker</c>: the long-running host that computes chunks on one device.</summary>
internal sealed class WorkerCommand : MamlCommand
{
    // What the reader of a worker's settings calls otherwise than the command line does.
    private static readonly Dictionary<string, string> SettingNames = new() { ["--name"] = "--worker-name", ["--data"] = "--data-directory" };

    private readonly ConnectionOptions _connection = ConnectionOptions.ForWorker();

    private readonly Option<string?> _config = new("--config")
    {
        Description = "YAML file with options of the host, such as 'chunkSlots: 3'; what is typed wins.",
        HelpName = "FILE",
    };

    private readonly Option<string> _device = new("--device")
    {
        Description = "Device to compute on: cpu, or a GPU such as cuda:0.",
        HelpName = "NAME",
        DefaultValueFactory = _ => DeviceChoice.Cpu,
    };

    private readonly Option<string?> _name = new("--name")
    {
        Description = "A name for people. [default: the machine's name and the process]",
        HelpName = "NAME",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "Folder with Omniglot; without it the coordinator sends what is needed.",
        HelpName = "DIR",
    };

    private readonly Option<long?> _threads = new("--threads")
    {
        Description = "Threads of one operation on the processor. [default: 1; more workers are better than more threads, and convolutions before max-pooling use one]",
        HelpName = "N",
        CustomParser = WholeNumber.Between(1, 1024),
    };

    private readonly Option<long?> _healthPort = new("--health-port")
    {
        Description = "Serves grpc.health.v1 on this port of this machine. [default: none]",
        HelpName = "N",
        CustomParser = WholeNumber.Between(1, 65535),
    };

    private readonly MonitoringWords _monitoring = new();

    private readonly Option<bool> _exitWithParent = new("--exit-with-parent")
    {
        Description = "Ends when standard input is closed, and leaves Ctrl-C to the parent; for programs that start workers.",
    };

    private readonly Option<string?> _handover = new("--handover")
    {
        Description = "Folder in memory that the coordinator, which started this worker, shares with it.",
        HelpName = "DIR",
        Hidden = true,
    };

    public WorkerCommand(CommandRunner runner)
        : base("worker", "Runs a worker until it is stopped: it dials a coordinator and computes on one device.", """
            maml worker --coordinator http://127.0.0.1:5100
            maml worker --coordinator http://127.0.0.1:5100 --device cuda:0 --name gpu-0
            maml worker --coordinator https://trainer:5100 --ca ca.pem --token-file worker.token
            """)
    {
        Add(_config);
        _connection.AddTo(this);
        Option[] options = [_device, _name, _data, _threads, _healthPort, _exitWithParent, _handover];
        foreach (Option option in options) Add(option);
        _monitoring.AddTo(this);
        Validators.Add(RequireCoordinator);
        SetAction((parsed, cancellation) => runner.RunAsync(
            interrupt => RunAsync(parsed, interrupt),
            cancellation,
            parsed.GetValue(_exitWithParent) ? InterruptBehaviour.LeaveToParent : InterruptBehaviour.Stop));
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken interrupt)
    {
        WorkerOptions options = parsed.GetValue(_config) is { } file ? ReadOptions(parsed, file) : CreateOptions(parsed);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(interrupt);
        Task parent = parsed.GetValue(_exitWithParent)
            ? ParentWatch.WaitAsync(Console.OpenStandardInput(), stopping.Token)
            : Task.Delay(Timeout.InfiniteTimeSpan, stopping.Token);
        Task work = WorkerHost.RunAsync(options, stopping.Token);
        await Task.WhenAny(work, parent);
        await stopping.CancelAsync();
        await work;
        return ExitCode.Done;
    }

    private void RequireCoordinator(CommandResult result)
    {
        if (!_connection.NamesCoordinator(result) && result.GetResult(_config) is null)
            result.AddError("Found no coordinator to dial; expected --coordinator URL, or --config FILE with one.");
    }

    private WorkerOptions ReadOptions(ParseResult parsed, string file)
    {
        Option[] others = [_config, _exitWithParent, _handover];
        IEnumerable<string> typed = parsed.CommandResult.Children.OfType<OptionResult>()
            .Where(result => !result.Implicit && !others.Contains(result.Option) && !_monitoring.Has(result.Option))
            .Select(result => $"{SettingNames.GetValueOrDefault(result.Option.Name, result.Option.Name)}={(result.Tokens.Count == 0 ? "true" : result.Tokens[^1].Value)}");
        WorkerOptions options = WorkerOptionsReader.Read([$"--config={file}", .. typed]);
        return options with
        {
            Monitoring = _monitoring.Monitoring(parsed, options.Monitoring),
            Telemetry = _monitoring.Telemetry(parsed, options.Telemetry),
        };
    }

    private WorkerOptions CreateOptions(ParseResult parsed)
    {
        var options = new WorkerOptions
        {
            Coordinator = _connection.Coordinator(parsed),
            Device = parsed.GetRequiredValue(_device),
            DataDirectory = parsed.GetValue(_data),
            HandoverDirectory = parsed.GetValue(_handover),
            InsecureAllowRemote = _connection.InsecureAllowRemote(parsed),
            Credentials = _connection.Credentials(parsed),
            Monitoring = _monitoring.Monitoring(parsed),
            Telemetry = _monitoring.Telemetry(parsed),
        };
        if (parsed.GetValue(_name) is { } name) options = options with { Name = name };
        if (parsed.GetValue(_threads) is { } threads) options = options with { Threads = (int)threads };
        if (parsed.GetValue(_healthPort) is { } port) options = options with { HealthPort = (int)port };
        return options;
    }
}
