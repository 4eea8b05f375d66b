using System.CommandLine;
using System.Globalization;
using Grpc.Net.Client;
using Maml.Cluster.Cli.Adaptation;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Connections;
using Maml.Cluster.Cli.Rendering;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Cli.Commands;

/// <summary><c>maml adapt</c>: learns labels from a few pictures, and tells those of others.</summary>
internal sealed class AdaptCommand : MamlCommand
{
    private readonly ConnectionOptions _connection = ConnectionOptions.ForClient();
    private readonly ParametersOption _parameters = new();

    private readonly Option<string> _run = new("--run") { Description = "The run whose θ is adapted.", HelpName = "ID", Required = true };

    private readonly Option<string> _support = new("--support")
    {
        Description = "Folder to learn from: a sub-folder for each label, with PNG files.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<string> _query = new("--query")
    {
        Description = "Folder with the PNG files to label; with a sub-folder for each label the accuracy is told too.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<long?> _innerSteps = new("--inner-steps")
    {
        Description = "Inner steps. [default: as at the run's evaluations]",
        HelpName = "N",
        CustomParser = WholeNumber.Between(0, 1_000),
    };

    private readonly Option<bool> _brightInk = new("--bright-ink") { Description = "The pictures are bright on dark, and not dark on bright as drawings are." };

    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON, with the probability of every label." };

    public AdaptCommand(Terminal terminal, CommandRunner runner)
        : base("adapt", "Learns labels from a few pictures each, on a coordinator's workers, and tells those of other pictures.", """
            maml adapt --run RUN --support letters/known --query letters/unknown
            maml adapt --coordinator https://coordinator:5100 --run RUN --checkpoint best --support known --query unknown --json
            """)
    {
        Add(_run);
        Add(_support);
        Add(_query);
        _parameters.AddTo(this);
        Add(_innerSteps);
        Add(_brightInk);
        _connection.AddTo(this);
        Add(_json);
        SetAction((parsed, cancellation) => runner.RunAsync(interrupt => RunAsync(parsed, terminal, interrupt), cancellation));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken interrupt)
    {
        using GrpcChannel channel = _connection.CreateChannel(parsed, terminal);
        IReadOnlyList<LabelledPicture> support = PictureFolder.Read(parsed.GetRequiredValue(_support), "--support", needsLabels: true);
        IReadOnlyList<LabelledPicture> query = PictureFolder.Read(parsed.GetRequiredValue(_query), "--query", needsLabels: false);
        AdaptRequest request = AdaptationRequest.Create(support, query, (uint?)parsed.GetValue(_innerSteps), parsed.GetValue(_brightInk));
        request.RunId = parsed.GetRequiredValue(_run);
        (request.Choice, request.Iteration) = _parameters.Read(parsed);
        AdaptResponse response = await new AdaptationService.AdaptationServiceClient(channel).AdaptAsync(request, cancellationToken: interrupt);
        await WriteAsync(new AdaptationResult(response, query), parsed.GetValue(_json), terminal);
        return ExitCode.Done;
    }

    private static async Task WriteAsync(AdaptationResult result, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            await terminal.Output.WriteLineAsync(AdaptationJson.Write(result));
            return;
        }

        terminal.CreateConsole().Write(AdaptationTable.Create(result));
        if (result.Accuracy is { } accuracy)
        {
            await terminal.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"Right: {accuracy * 100:0.0} % of {result.Query.Count} after {result.Response.InnerSteps} inner steps from iteration {result.Response.Iteration}."));
        }
    }
}
