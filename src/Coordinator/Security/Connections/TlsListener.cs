using System.Net.Security;
using System.Security.Authentication;
using Maml.Cluster.Shared.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Maml.Cluster.Coordinator.Security.Connections;

/// <summary>TLS with whatever certificate is the newest when a client connects.</summary>
internal static class TlsListener
{
    /// <summary>Encrypts an endpoint.</summary>
    public static void UseCertificates(this ListenOptions listen, CertificateSource certificate, bool asksForCertificates, CoordinatorLimits limits) =>
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = limits.HandshakeTime,
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate.Current.Context,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                AllowRenegotiation = false,

                // Asked for, not insisted on: a token lets in too, and probes show nothing. Whether one that is shown counts is
                // judged at the call, where a refusal can say why.
                ClientCertificateRequired = asksForCertificates,
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is null || asksForCertificates,
                CertificateChainPolicy = new() { DisableCertificateDownloads = true },
            }),
        });
}
