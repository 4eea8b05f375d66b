using System.CommandLine;
using System.Globalization;
using Grpc.Net.Client;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Configuration;
using Maml.Cluster.Cli.Connections;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Cli.Commands.Runs;

/// <summary><c>maml runs start</c>.</summary>
internal sealed class RunsStartCommand : MamlCommand
{
    private readonly ConfigurationOptions _configuration = new(hasData: false);
    private readonly ConnectionOptions _connection = ConnectionOptions.ForClient();

    private readonly Option<long?> _iterations = new("--iterations")
    {
        Description = "Iterations of the outer loop. [default: as configured]",
        HelpName = "N",
        CustomParser = WholeNumber.Between(1, long.MaxValue),
    };

    public RunsStartCommand(Terminal terminal, CommandRunner runner)
        : base("start", "Starts a run and prints its identifier.", """
            maml runs start sinusoid
            maml runs start my.yaml --set outer.iterations=20000
            """)
    {
        _configuration.AddTo(this);
        Add(_iterations);
        _connection.AddTo(this);
        SetAction((parsed, cancellation) => runner.RunAsync(interrupt => RunAsync(parsed, terminal, interrupt), cancellation));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken interrupt)
    {
        ConfigurationOverride[] overrides = parsed.GetValue(_iterations) is { } iterations
            ? [new("outer.iterations", iterations.ToString(CultureInfo.InvariantCulture))]
            : [];
        ChosenConfiguration chosen = _configuration.Load(parsed, overrides);
        using GrpcChannel channel = _connection.CreateChannel(parsed, terminal);
        var request = new StartRunRequest
        {
            Configuration = RunConfigurationMessages.ToMessage(chosen.Configuration),
            Preset = chosen.Preset,
        };
        Run run = await new RunService.RunServiceClient(channel).StartRunAsync(request, cancellationToken: interrupt);
        await terminal.Output.WriteLineAsync(run.RunId);
        return ExitCode.Done;
    }
}
