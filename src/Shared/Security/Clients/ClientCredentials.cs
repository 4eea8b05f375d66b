using System.Text;
using Maml.Cluster.Shared.Configuration.Hosts;

namespace Maml.Cluster.Shared.Security;

/// <summary>What a client of the coordinator shows, and whom it trusts. All of it is optional; a coordinator on this machine needs none.</summary>
public sealed record ClientCredentials
{
    /// <summary>File with a token and nothing else, read again when it changes.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The token itself, where no file holds it. Left out of <see cref="ToString"/>.</summary>
    [SecretOption("name a file that holds it as tokenFile, or set it in the environment")]
    public string? Token { get; init; }

    /// <summary>PEM file of the authorities to trust in the place of the system's.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>PEM file of a client certificate; needs <see cref="KeyFile"/>.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file of the client certificate's key, unencrypted.</summary>
    public string? KeyFile { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(
            $"TokenFile = {TokenFile}, Token = {(Token is null ? "" : "***")}, AuthorityFile = {AuthorityFile}, CertificateFile = {CertificateFile}, KeyFile = {KeyFile}");
        return true;
    }
}
