using System.CommandLine;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Configuration;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Shared.Telemetry;

namespace Maml.Cluster.Cli.Commands;

/// <summary><c>maml coordinator</c>: the long-running host that workers dial.</summary>
internal sealed class CoordinatorCommand : MamlCommand
{
    private readonly Option<string?> _listen = new("--listen")
    {
        Description = "IP address to listen on. [default: 127.0.0.1]",
        HelpName = "ADDRESS",
    };

    private readonly Option<long?> _port = new("--port")
    {
        Description = "Port to listen on, 0 for any that is free. [default: 5100]",
        HelpName = "N",
        CustomParser = WholeNumber.Between(0, 65535),
    };

    private readonly Option<string?> _runs = new("--runs")
    {
        Description = "Folder that holds one folder a run. [default: runs]",
        HelpName = "DIR",
    };

    private readonly Option<string?> _data = new("--data") { Description = "Folder with Omniglot, for runs on it.", HelpName = "DIR" };

    private readonly Option<bool> _insecure = new("--insecure-allow-remote")
    {
        Description = "Listens beyond this machine although traffic is not both encrypted and authenticated.",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "YAML file with options of the host, such as 'maximumActiveRuns: 2'; what is typed wins.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Sets any other option of the host, such as speculation.factor=3 or maximumActiveRuns=2; may be repeated.",
        HelpName = "path=value",
    };

    private readonly SecurityOptions _security = new();
    private readonly MonitoringWords _monitoring = new();

    public CoordinatorCommand(Terminal terminal, CommandRunner runner)
        : base("coordinator", "Runs a coordinator until it is stopped: it holds the runs, and workers dial it.", """
            maml coordinator                                  on this machine, port 5100
            maml coordinator --port 6000 --runs /data/runs    elsewhere
            maml coordinator --listen 0.0.0.0 --certificate server.pem --key server.key --tokens tokens.txt
            maml worker --coordinator http://127.0.0.1:5100   a worker for it
            """)
    {
        Add(_config);
        Add(_listen);
        Add(_port);
        Add(_runs);
        Add(_data);
        _security.AddTo(this);
        Add(_insecure);
        _monitoring.AddTo(this);
        Add(_set);
        SetAction((parsed, cancellation) => runner.RunAsync(interrupt => RunAsync(parsed, terminal, interrupt), cancellation));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken interrupt)
    {
        CoordinatorOptions options = HostSettings.Read<CoordinatorOptions>(parsed.GetValue(_set) ?? [], parsed.GetValue(_config));
        options = options with
        {
            ListenAddress = parsed.GetValue(_listen) ?? options.ListenAddress,
            RunsDirectory = Path.GetFullPath(parsed.GetValue(_runs) ?? options.RunsDirectory),
            DataDirectory = parsed.GetValue(_data) ?? options.DataDirectory,
            InsecureAllowRemote = parsed.GetValue(_insecure) || options.InsecureAllowRemote,
            Security = _security.Read(parsed, options.Security),
        };
        if (parsed.GetValue(_port) is { } port) options = options with { Port = (int)port };
        options = options with
        {
            Monitoring = _monitoring.Monitoring(parsed, options.Monitoring),
            Telemetry = _monitoring.Telemetry(parsed, options.Telemetry),
        };
        await using CoordinatorHost host = await CoordinatorHost.StartAsync(options, interrupt);
        await terminal.Output.WriteLineAsync($"Listening on {host.Address}; Ctrl-C stops it.");
        if (host.MonitoringAddress is { } monitoring) await terminal.Output.WriteLineAsync($"Metrics at {new Uri(monitoring, TelemetryProviders.MetricsPath)}");
        await terminal.Output.FlushAsync(interrupt);
        await host.WaitForShutdownAsync(interrupt);
        if (host.Fault is { } fault) throw new CommandFailedException(fault);
        // A host that was asked to stop has done what it was started for.
        return ExitCode.Done;
    }
}
