using System.CommandLine;
using System.CommandLine.Parsing;
using Grpc.Net.Client;

namespace Maml.Cluster.Cli.Connections;

/// <summary>The words with which a command names a coordinator that runs elsewhere.</summary>
internal sealed class ConnectionOptions
{
    private readonly Option<Uri> _coordinator = new("--coordinator")
    {
        Description = "Address of the coordinator.",
        HelpName = "URL",
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:5100"),
        CustomParser = ParseAddress,
    };

    public void AddTo(Command command) => command.Add(_coordinator);

    /// <summary>A channel to the coordinator; it connects with the first call.</summary>
    public GrpcChannel Open(ParseResult parsed) => GrpcChannel.ForAddress(parsed.GetRequiredValue(_coordinator));

    private static Uri? ParseAddress(ArgumentResult result)
    {
        string text = result.Tokens.Single().Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttp) return address;
        result.AddError($"--coordinator is '{text}'; expected the coordinator's address, such as http://127.0.0.1:5100.");
        return null;
    }
}
