using System.Text;
using Maml.Cluster.Shared.Configuration.Hosts;

namespace Maml.Cluster.Coordinator.Security;

/// <summary>
/// Who gets in. With nothing set traffic is plain text and open to all, which is allowed on loopback only. Where tokens or client
/// authorities are set, every call but health checks needs one of them, on loopback too.
/// </summary>
public sealed record CoordinatorSecurityOptions
{
    /// <summary>PEM file of the coordinator's certificate, those between it and its authority after it. None by default: plain text.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file of the certificate's key, unencrypted.</summary>
    public string? KeyFile { get; init; }

    /// <summary>File of tokens, one <c>role name token</c> a line. None by default.</summary>
    public string? TokensFile { get; init; }

    /// <summary>Tokens themselves, in the format of the file, where no file holds them. Left out of <see cref="ToString"/>.</summary>
    [SecretOption("name a file of tokens as security.tokensFile, or set MAML_TOKENS")]
    public string? Tokens { get; init; }

    /// <summary>PEM file of the authorities that client certificates must come from. None by default: no client certificates.</summary>
    public string? ClientAuthorityFile { get; init; }

    /// <summary>Whether callers have to prove who they are.</summary>
    public bool AsksForCredentials => TokensFile is not null || Tokens is not null || ClientAuthorityFile is not null;

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(
            $"CertificateFile = {CertificateFile}, KeyFile = {KeyFile}, TokensFile = {TokensFile}, Tokens = {(Tokens is null ? "" : "***")}, ClientAuthorityFile = {ClientAuthorityFile}");
        return true;
    }
}
