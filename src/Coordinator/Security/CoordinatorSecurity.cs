using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Security;

/// <summary>The certificates and tokens that are in use.</summary>
internal sealed class CoordinatorSecurity
{
    /// <summary>Opens what the options name.</summary>
    /// <exception cref="SecurityFileException">A file cannot be used.</exception>
    public CoordinatorSecurity(CoordinatorSecurityOptions options, ISecurityReports reports, TimeProvider time)
    {
        Certificate = OpenCertificate(options, reports, time);
        Tokens = OpenTokens(options, reports, time);
        ClientAuthorities = OpenClientAuthorities(options, reports, time);
    }

    /// <summary>The coordinator's own certificate; null for plain text.</summary>
    public CertificateSource? Certificate { get; }

    /// <summary>Tokens that let in; null where none do.</summary>
    public TokenSource? Tokens { get; }

    /// <summary>Authorities whose client certificates let in; null where none do.</summary>
    public AuthoritySource? ClientAuthorities { get; }

    /// <summary>Whether anybody may do anything.</summary>
    public bool IsOpen => Tokens is null && ClientAuthorities is null;

    /// <summary>Everything that is wrong with the files that the options name.</summary>
    public static IEnumerable<string> FaultsOf(CoordinatorSecurityOptions options, TimeProvider time)
    {
        var silent = new SilentReports();
        Action[] openings = [() => OpenCertificate(options, silent, time), () => OpenTokens(options, silent, time), () => OpenClientAuthorities(options, silent, time)];
        return openings.Select(SecurityFileException.FaultOf).OfType<string>();
    }

    /// <summary>Looks for changes and at dates now.</summary>
    public void Refresh()
    {
        Certificate?.Refresh();
        Tokens?.Refresh();
        ClientAuthorities?.Refresh();
    }

    private static CertificateSource? OpenCertificate(CoordinatorSecurityOptions options, ISecurityReports reports, TimeProvider time) =>
        options is { CertificateFile: { } certificate, KeyFile: { } key } ? new CertificateSource(certificate, key, reports, time) : null;

    private static TokenSource? OpenTokens(CoordinatorSecurityOptions options, ISecurityReports reports, TimeProvider time) => options switch
    {
        { TokensFile: { } file } => TokenSource.OfFile(file, reports, time),
        { Tokens: { } text } => TokenSource.OfText(text, "Tokens (MAML_TOKENS)"),
        _ => null,
    };

    private static AuthoritySource? OpenClientAuthorities(CoordinatorSecurityOptions options, ISecurityReports reports, TimeProvider time) =>
        options.ClientAuthorityFile is { } file ? new AuthoritySource(file, reports, time) : null;
}
