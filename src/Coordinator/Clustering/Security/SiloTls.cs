using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Maml.Cluster.Coordinator.Security;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Connections.Security;

namespace Maml.Cluster.Coordinator.Clustering.Security;

/// <summary>TLS between silos, each of which shows a certificate to the other, with whatever files are the newest when they connect.</summary>
internal sealed class SiloTls(SiloCertificates certificates, CoordinatorLimits limits, SiloRefusals refusals) : IConfigureOptions<SiloConnectionOptions>
{
    /// <inheritdoc/>
    public void Configure(SiloConnectionOptions options)
    {
        TlsOptions tls = CreateOptions();
        options.ConfigureSiloInboundConnection(connection => connection.UseServerTls(tls));
        options.ConfigureSiloOutboundConnection(connection => connection.UseClientTls(tls));
        options.ConfigureGatewayInboundConnection(connection => connection.UseServerTls(tls));
    }

    private TlsOptions CreateOptions() => new()
    {
        HandshakeTimeout = limits.HandshakeTime,
        RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
        RemoteCertificateValidation = IsSilo,

        // Selectors are insisted on, but what they give is sent without the certificates above it. Hence the contexts below.
        LocalServerCertificateSelector = (_, _) => certificates.Own.TargetCertificate,
        LocalClientCertificateSelector = (_, _, _, _, _) => certificates.Own.TargetCertificate,
        OnAuthenticateAsServer = (_, server) =>
        {
            server.ServerCertificateSelectionCallback = null;
            var options = (SslServerAuthenticationOptions)server.SslServerAuthenticationOptions;
            options.ServerCertificateContext = certificates.Own;
            options.AllowRenegotiation = false;
            options.CertificateChainPolicy = OwnFilesOnly();
        },
        OnAuthenticateAsClient = (_, client) =>
        {
            client.LocalCertificateSelectionCallback = null;
            client.TargetHost = SiloCertificates.Unit;
            var options = (SslClientAuthenticationOptions)client.SslClientAuthenticationOptions;
            options.ClientCertificateContext = certificates.Own;
            options.CertificateChainPolicy = OwnFilesOnly();
        },
    };

    // Nobody outside decides what this process connects to.
    private static X509ChainPolicy OwnFilesOnly() => new() { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };

    // Of the names a certificate has none is dialled; its unit counts.
    private bool IsSilo(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificates.FaultOf(certificate, chain?.ChainPolicy.ExtraStore) is not { } fault) return true;
        refusals.Write(fault);
        return false;
    }
}
