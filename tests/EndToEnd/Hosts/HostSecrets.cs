using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Hosts;

/// <summary>Certificate and tokens of one cluster, as files.</summary>
internal sealed class HostSecrets : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Makes them.</summary>
    /// <param name="address">Where the coordinator is dialled.</param>
    public HostSecrets(string address)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=test authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 authority = authorityRequest.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=coordinator", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using X509Certificate2 server = request.Create(
            authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(20), RandomNumberGenerator.GetBytes(8));

        string worker = RandomNumberGenerator.GetHexString(32), people = RandomNumberGenerator.GetHexString(32);
        string authorityFile = Write("ca.pem", authority.ExportCertificatePem());
        Coordinator =
        [
            "--certificate", Write("server.pem", server.ExportCertificatePem()),
            "--key", Write("server.key", key.ExportPkcs8PrivateKeyPem()),
            "--tokens", Write("tokens", $"worker pool {worker}\noperator ann {people}\n"),
        ];
        Worker = ["--ca", authorityFile, "--token-file", Write("worker.token", worker)];
        Operator = ["--ca", authorityFile, "--token-file", Write("operator.token", people)];
    }

    /// <summary>Options of the coordinator.</summary>
    public string[] Coordinator { get; }

    /// <summary>Options of a worker.</summary>
    public string[] Worker { get; }

    /// <summary>Options of a client.</summary>
    public string[] Operator { get; }

    public void Dispose() => _folder.Dispose();

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, content);
        return path;
    }
}
