using System.CommandLine;
using Maml.Cluster.Aggregator.Hosting;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Configuration;
using Maml.Cluster.Cli.Connections;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Shared.Telemetry;

namespace Maml.Cluster.Cli.Commands;

/// <summary><c>maml aggregator</c>: the long-running host between a coordinator and some of its workers.</summary>
internal sealed class AggregatorCommand : MamlCommand
{
    private readonly ConnectionOptions _connection = ConnectionOptions.ForAggregator();

    private readonly Option<string?> _name = new("--name")
    {
        Description = "A name for people. [default: the machine's name and the process]",
        HelpName = "NAME",
    };

    private readonly Option<string?> _listen = new("--listen")
    {
        Description = "IP address to listen on for workers. [default: 127.0.0.1]",
        HelpName = "ADDRESS",
    };

    private readonly Option<long?> _port = new("--port")
    {
        Description = $"Port to listen on, 0 for any that is free. [default: {AggregatorOptions.DefaultPort}]",
        HelpName = "N",
        CustomParser = WholeNumber.Between(0, 65535),
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "YAML file with options of the host, as for a coordinator; what is typed wins.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Sets any other option of a coordinator that concerns workers, such as leaseDuration=00:02:00; may be repeated.",
        HelpName = "path=value",
    };

    private readonly SecurityOptions _security = new();
    private readonly MonitoringWords _monitoring = new();

    public AggregatorCommand(Terminal terminal, CommandRunner runner)
        : base("aggregator", "Runs an aggregator until it is stopped: workers dial it, and it sends a coordinator one sum for each group of chunks.", """
            maml aggregator --coordinator http://127.0.0.1:5100     on this machine, port 5101
            maml worker --coordinator http://127.0.0.1:5101         a worker for it
            maml train sinusoid --coordinator http://127.0.0.1:5100 --set chunk.tasks=1 --set chunk.group=8
            maml aggregator --coordinator https://trainer:5100 --ca ca.pem --token-file worker.token --listen 0.0.0.0 --certificate here.pem --key here.key --tokens tokens.txt
            """)
    {
        Add(_config);
        _connection.AddTo(this);
        Add(_name);
        Add(_listen);
        Add(_port);
        _security.AddTo(this);
        _monitoring.AddTo(this);
        Add(_set);
        SetAction((parsed, cancellation) => runner.RunAsync(interrupt => RunAsync(parsed, terminal, interrupt), cancellation));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken interrupt)
    {
        await using AggregatorHost host = await AggregatorHost.StartAsync(CreateOptions(parsed), interrupt);
        await terminal.Output.WriteLineAsync($"Listening on {host.Address}; Ctrl-C stops it.");
        if (host.MonitoringAddress is { } monitoring) await terminal.Output.WriteLineAsync($"Metrics at {new Uri(monitoring, TelemetryProviders.MetricsPath)}");
        await terminal.Output.FlushAsync(interrupt);
        await host.WaitForShutdownAsync(interrupt);
        // A host that was asked to stop has done what it was started for.
        return ExitCode.Done;
    }

    private AggregatorOptions CreateOptions(ParseResult parsed)
    {
        string[] settings = [$"port={parsed.GetValue(_port) ?? AggregatorOptions.DefaultPort}", .. parsed.GetValue(_set) ?? []];
        CoordinatorOptions serving = HostSettings.Read<CoordinatorOptions>(settings, parsed.GetValue(_config));
        serving = serving with
        {
            ListenAddress = parsed.GetValue(_listen) ?? serving.ListenAddress,
            InsecureAllowRemote = _connection.InsecureAllowRemote(parsed) || serving.InsecureAllowRemote,
            Security = _security.Read(parsed, serving.Security),
            Monitoring = _monitoring.Monitoring(parsed, serving.Monitoring),
            Telemetry = _monitoring.Telemetry(parsed, serving.Telemetry),
        };
        var options = new AggregatorOptions
        {
            Coordinator = _connection.Coordinator(parsed),
            Credentials = _connection.Credentials(parsed),
            Serving = serving,
        };
        return parsed.GetValue(_name) is { } name ? options with { Name = name } : options;
    }
}
