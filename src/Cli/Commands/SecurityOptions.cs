using System.CommandLine;
using Maml.Cluster.Coordinator.Security;

namespace Maml.Cluster.Cli.Commands;

/// <summary>The words with which a coordinator is told who gets in.</summary>
internal sealed class SecurityOptions
{
    /// <summary>The environment variable with tokens, for where no file holds them.</summary>
    public const string TokensVariable = "MAML_TOKENS";

    private readonly Option<string?> _certificate = new("--certificate")
    {
        Description = "PEM file of the coordinator's certificate and those above it; read again when it changes. [default: none, plain text]",
        HelpName = "FILE",
    };

    private readonly Option<string?> _key = new("--key") { Description = "PEM file of the certificate's key.", HelpName = "FILE" };

    private readonly Option<string?> _tokens = new("--tokens")
    {
        Description = $"File of tokens, 'role name token' a line; read again when it changes. [default: those in {TokensVariable}, if set]",
        HelpName = "FILE",
    };

    private readonly Option<string?> _clientAuthority = new("--client-ca")
    {
        Description = "PEM file of the authorities whose client certificates are let in; their OU is the role.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        Option[] options = [_certificate, _key, _tokens, _clientAuthority];
        foreach (Option option in options) command.Add(option);
    }

    /// <summary>Who gets in.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="otherwise">What holds where nothing is typed.</param>
    public CoordinatorSecurityOptions Read(ParseResult parsed, CoordinatorSecurityOptions otherwise)
    {
        string? tokensFile = parsed.GetValue(_tokens) ?? otherwise.TokensFile;
        return new CoordinatorSecurityOptions
        {
            CertificateFile = parsed.GetValue(_certificate) ?? otherwise.CertificateFile,
            KeyFile = parsed.GetValue(_key) ?? otherwise.KeyFile,
            TokensFile = tokensFile,

            // What is typed wins over what happens to be set.
            Tokens = tokensFile is null && Environment.GetEnvironmentVariable(TokensVariable) is { Length: > 0 } tokens ? tokens : otherwise.Tokens,
            ClientAuthorityFile = parsed.GetValue(_clientAuthority) ?? otherwise.ClientAuthorityFile,
        };
    }
}
