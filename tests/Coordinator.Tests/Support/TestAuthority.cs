using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>A certificate authority that lives as long as a test.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    private const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public TestAuthority(string name = "test authority")
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(60));
    }

    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>A certificate for this machine.</summary>
    public (string Certificate, string Key) IssueServer(string host = "localhost", TimeSpan? life = null)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        if (host == "localhost") names.AddIpAddress(IPAddress.Loopback);
        return Issue($"CN={host}", [ServerPurpose], names.Build(), life ?? TimeSpan.FromDays(30));
    }

    /// <summary>A client's certificate.</summary>
    public (string Certificate, string Key) IssueClient(string subject, TimeSpan? life = null) =>
        Issue(subject, [ClientPurpose], null, life ?? TimeSpan.FromDays(30));

    /// <summary>A silo's certificate, which is a server's and a client's.</summary>
    public (string Certificate, string Key) IssueSilo(string subject = "OU=coordinator, CN=a", TimeSpan? life = null) =>
        Issue(subject, [ServerPurpose, ClientPurpose], null, life ?? TimeSpan.FromDays(30));

    public void Dispose()
    {
        _key.Dispose();
        _certificate.Dispose();
    }

    private (string Certificate, string Key) Issue(string subject, string[] purposes, X509Extension? extension, TimeSpan life)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. purposes.Select(purpose => new Oid(purpose))], false));
        if (extension is not null) request.CertificateExtensions.Add(extension);
        using X509Certificate2 certificate = request.Create(
            _certificate, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow + life, RandomNumberGenerator.GetBytes(8));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
