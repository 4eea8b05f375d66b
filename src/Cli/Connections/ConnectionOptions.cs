using System.CommandLine;
using System.CommandLine.Parsing;
using Grpc.Net.Client;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Cli.Connections;

/// <summary>The words with which a command says where the coordinator is, what it shows it and whom it trusts.</summary>
internal sealed class ConnectionOptions
{
    /// <summary>The environment variable with a token, for where no file holds it.</summary>
    public const string TokenVariable = "MAML_TOKEN";

    private readonly Option<Uri> _coordinator = new("--coordinator")
    {
        Description = "Address of the coordinator, http:// or https://.",
        HelpName = "URL",
        CustomParser = ParseAddress,
    };

    private readonly Option<string?> _tokenFile = new("--token-file")
    {
        Description = $"File with the token to show; read again when it changes. [default: the token in {TokenVariable}, if set]",
        HelpName = "FILE",
    };

    private readonly Option<string?> _authority = new("--ca")
    {
        Description = "PEM file of the authorities that the coordinator's certificate must come from. [default: the system's]",
        HelpName = "FILE",
    };

    private readonly Option<string?> _certificate = new("--client-certificate")
    {
        Description = "PEM file of a certificate to show; needs --client-key.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _key = new("--client-key") { Description = "PEM file of that certificate's key.", HelpName = "FILE" };

    private readonly Option<bool> _insecure = new("--insecure-allow-remote")
    {
        Description = "Dials a coordinator on another machine although traffic is not encrypted.",
    };

    /// <summary>Creates the options.</summary>
    /// <param name="fallback">The coordinator to dial where none is named; null makes <c>--coordinator</c> a must.</param>
    public ConnectionOptions(Uri? fallback = null)
    {
        _coordinator.Required = fallback is null;
        if (fallback is not null) _coordinator.DefaultValueFactory = _ => fallback;
    }

    /// <summary>The options of a client, which finds a coordinator on this machine by itself.</summary>
    public static ConnectionOptions ForClient() => new(new Uri("http://127.0.0.1:5100"));

    /// <summary>The options of a worker, whose coordinator may stand in a file: the command says when neither names it.</summary>
    public static ConnectionOptions ForWorker()
    {
        var options = new ConnectionOptions();
        options._coordinator.Required = false;
        return options;
    }

    /// <summary>The options of an aggregator, which has to be told its coordinator.</summary>
    public static ConnectionOptions ForAggregator() => new();

    /// <summary>Whether the command line names a coordinator.</summary>
    public bool NamesCoordinator(CommandResult result) => result.GetResult(_coordinator) is not null;

    public void AddTo(Command command)
    {
        Option[] options = [_coordinator, _tokenFile, _authority, _certificate, _key, _insecure];
        foreach (Option option in options) command.Add(option);
    }

    /// <summary>The coordinator's address.</summary>
    public Uri Coordinator(ParseResult parsed) => parsed.GetRequiredValue(_coordinator);

    /// <summary>Whether plain text may leave this machine.</summary>
    public bool InsecureAllowRemote(ParseResult parsed) => parsed.GetValue(_insecure);

    /// <summary>What is shown, and whom is trusted.</summary>
    public ClientCredentials Credentials(ParseResult parsed)
    {
        string? tokenFile = parsed.GetValue(_tokenFile);
        return new ClientCredentials
        {
            TokenFile = tokenFile,

            // What is typed wins over what happens to be set.
            Token = tokenFile is null && Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } token ? token : null,
            AuthorityFile = parsed.GetValue(_authority),
            CertificateFile = parsed.GetValue(_certificate),
            KeyFile = parsed.GetValue(_key),
        };
    }

    /// <summary>A channel to the coordinator, for clients; it connects with the first call.</summary>
    /// <exception cref="UsageException">The words cannot be used; all faults are named.</exception>
    public GrpcChannel CreateChannel(ParseResult parsed, Terminal terminal)
    {
        Uri coordinator = Coordinator(parsed);
        ClientCredentials credentials = Credentials(parsed);
        IReadOnlyList<string> faults = ClientCredentialsValidator.Validate(coordinator, credentials, InsecureAllowRemote(parsed));
        if (faults.Count > 0) throw new UsageException(string.Join(Environment.NewLine, faults));
        return ClientChannel.Create(coordinator, credentials, InsecureAllowRemote(parsed), terminal);
    }

    private static Uri? ParseAddress(ArgumentResult result)
    {
        string text = result.Tokens.Single().Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
            return address;
        result.AddError($"--coordinator is '{text}'; expected the coordinator's address, such as http://127.0.0.1:5100 or https://coordinator:5100.");
        return null;
    }
}
