namespace Maml.Cluster.Shared.Security;

/// <summary>Says whether what a client's credentials name, or hold, can be used.</summary>
public static class ClientCredentialsFiles
{
    /// <summary>Everything that is wrong with it; empty when all files can be read and hold what they are to hold.</summary>
    public static IEnumerable<string> FaultsOf(ClientCredentials credentials, ISecurityReports reports, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        Action[] openings =
        [
            () => _ = credentials.Token is { } text ? ClientToken.OfText(text, nameof(credentials.Token)) : null,
            () => _ = credentials.TokenFile is { } file ? ClientToken.OfFile(file, reports, time) : null,
            () => _ = credentials.AuthorityFile is { } file ? new AuthoritySource(file, reports, time) : null,
            () => _ = credentials is { CertificateFile: { } certificate, KeyFile: { } key } ? new CertificateSource(certificate, key, reports, time) : null,
        ];
        return openings.Select(SecurityFileException.FaultOf).OfType<string>();
    }
}
