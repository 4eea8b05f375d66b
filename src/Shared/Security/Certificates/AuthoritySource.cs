using System.Security.Cryptography.X509Certificates;

namespace Maml.Cluster.Shared.Security;

/// <summary>The certificate authorities of a PEM file, read again when it changes: what the other side's certificate must come from.</summary>
public sealed class AuthoritySource
{
    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    private const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    private readonly string _path;
    private readonly ReloadedFiles<X509Certificate2Collection> _files;
    private readonly ExpiryReminder _reminder;
    private readonly TimeProvider _time;

    /// <summary>Reads the authorities.</summary>
    /// <exception cref="SecurityFileException">The file cannot be used.</exception>
    public AuthoritySource(string path, ISecurityReports reports, TimeProvider time)
    {
        _path = path;
        _time = time;
        _files = new ReloadedFiles<X509Certificate2Collection>([path], contents => Parse(path, contents[0]), reports, time);
        _reminder = new ExpiryReminder(reports, time);
        Remind();
    }

    /// <summary>Looks for changes and at the dates now.</summary>
    public void Refresh()
    {
        _files.Refresh();
        Remind();
    }

    /// <summary>What is wrong with a server's certificate; null when it comes from these authorities.</summary>
    public string? FaultOfServer(X509Certificate2 certificate, X509Certificate2Collection? others = null) => FaultOf(certificate, others, ServerPurpose);

    /// <summary>What is wrong with a client's certificate; null when it comes from these authorities.</summary>
    public string? FaultOfClient(X509Certificate2 certificate, X509Certificate2Collection? others = null) => FaultOf(certificate, others, ClientPurpose);

    private static X509Certificate2Collection Parse(string path, byte[] content)
    {
        X509Certificate2Collection authorities = PemText.Certificates(path, content);
        return authorities.Any(IsRoot)
            ? authorities
            : throw new SecurityFileException($"'{path}' holds no self-signed certificate, expected that of a certificate authority.");
    }

    private string? FaultOf(X509Certificate2 certificate, X509Certificate2Collection? others, string purpose)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        foreach (X509Certificate2 authority in _files.Current)
            (IsRoot(authority) ? chain.ChainPolicy.CustomTrustStore : chain.ChainPolicy.ExtraStore).Add(authority);
        if (others is not null) chain.ChainPolicy.ExtraStore.AddRange(others);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = _time.GetUtcNow().LocalDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(purpose));

        // A certificate may name addresses to fetch others from; nobody outside decides what this process connects to.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate)
            ? null
            : string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation.Trim().TrimEnd('.')).Distinct());
    }

    private void Remind()
    {
        foreach (X509Certificate2 authority in _files.Current) _reminder.Check(authority, _path);
    }

    private static bool IsRoot(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
