using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Maml.Cluster.Shared.Security;

/// <summary>The HTTP side of a client of the coordinator: HTTP/2, TLS where the address says so, and the token.</summary>
public static class CoordinatorHandler
{
    // θ and gradients come in frames of 1 MiB; a window of as many bytes lets one be on its way while the next is written.
    private const int WindowBytes = 1 << 20;

    /// <summary>Creates a handler, for a channel that owns it. It connects with the first call.</summary>
    /// <param name="credentials">Validated credentials.</param>
    /// <param name="insecureAllowRemote">Whether plain text may leave this machine.</param>
    /// <param name="reports">Told when files change or certificates expire.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SecurityFileException">A file cannot be used.</exception>
    public static HttpMessageHandler Create(ClientCredentials credentials, bool insecureAllowRemote, ISecurityReports reports, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        ClientToken? token = credentials switch
        {
            { TokenFile: { } file } => ClientToken.OfFile(file, reports, time),
            { Token: { } text } => ClientToken.OfText(text, "Token (MAML_TOKEN)"),
            _ => null,
        };
        SocketsHttpHandler sockets = CreateSockets(CreateTls(credentials, reports, time));
        return token is null ? sockets : new BearerTokenHandler(token, insecureAllowRemote, sockets);
    }

    private static SocketsHttpHandler CreateSockets(SslClientAuthenticationOptions tls) => new()
    {
        UseProxy = false,
        UseCookies = false,

        // A redirection would carry the token elsewhere.
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        InitialHttp2StreamWindowSize = WindowBytes,

        // Without pings a coordinator whose machine went away silently, or is halted, would never be missed. Within 9 s it is (the runtime looks
        // once a second): no later than its runs go on elsewhere, where the workers are needed. A coordinator that is merely busy answers,
        // since its server does.
        KeepAlivePingDelay = TimeSpan.FromSeconds(3),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(4),
        SslOptions = tls,
    };

    private static SslClientAuthenticationOptions CreateTls(ClientCredentials credentials, ISecurityReports reports, TimeProvider time)
    {
        var tls = new SslClientAuthenticationOptions { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 };
        if (credentials.AuthorityFile is { } authorityFile)
        {
            var authorities = new AuthoritySource(authorityFile, reports, time);
            tls.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(authorities, certificate, chain, errors);
        }

        if (credentials is { CertificateFile: { } certificateFile, KeyFile: { } keyFile })
        {
            var source = new CertificateSource(certificateFile, keyFile, reports, time);
            tls.LocalCertificateSelectionCallback = (_, _, _, _, _) => source.Current.Leaf;
        }

        return tls;
    }

    private static bool IsTrusted(AuthoritySource authorities, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 found) throw new AuthenticationException("The coordinator shows no certificate.");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            throw new AuthenticationException($"The coordinator's certificate '{found.Subject}' is not for the host that was dialled; check the address, or its subject alternative names.");
        return authorities.FaultOfServer(found, chain?.ChainPolicy.ExtraStore) is { } fault
            ? throw new AuthenticationException($"The coordinator's certificate '{found.Subject}' does not come from the given authorities: {fault}.")
            : true;
    }
}
