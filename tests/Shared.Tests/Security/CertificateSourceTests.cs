using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Maml.Cluster.Shared.Security;
using Maml.Cluster.Shared.Tests.Files;

namespace Maml.Cluster.Shared.Tests.Security;

public sealed class CertificateSourceTests
{
    [Fact]
    public void Refresh_HalfAPairThenAll_KeepsTheOldOneAndSaysSoOnce()
    {
        using var folder = new TemporaryFolder();
        var reports = new RecordedReports();
        (string certificate, string key) = Create("CN=first");
        string certificatePath = Path.Combine(folder.Path, "tls.crt");
        string keyPath = Path.Combine(folder.Path, "tls.key");
        File.WriteAllText(certificatePath, certificate);
        File.WriteAllText(keyPath, key);
        var source = new CertificateSource(certificatePath, keyPath, reports, TimeProvider.System);

        (certificate, key) = Create("CN=second");
        File.WriteAllText(certificatePath, certificate);
        for (int i = 0; i < 3; i++) source.Refresh();
        source.Current.Leaf.Subject.ShouldBe("CN=first");
        reports.Warnings.ShouldHaveSingleItem().ShouldContain("tls.key");

        File.Delete(keyPath);
        for (int i = 0; i < 3; i++) source.Refresh();
        reports.Warnings.Count.ShouldBe(2);
        File.WriteAllText(keyPath, key);
        source.Refresh();
        source.Current.Leaf.Subject.ShouldBe("CN=second");
        reports.Reloads.ShouldHaveSingleItem();
    }

    [Fact]
    public void Refresh_FolderBehindALinkIsSwapped_ReadsTheNewOne()
    {
        // As an orchestrator mounts secrets: the files are links into a folder that is itself a link.
        using var folder = new TemporaryFolder();
        string link = Path.Combine(folder.Path, "data");
        foreach (string version in new[] { "one", "two" })
        {
            string path = Directory.CreateDirectory(Path.Combine(folder.Path, version)).FullName;
            (string certificate, string key) = Create($"CN={version}");
            File.WriteAllText(Path.Combine(path, "tls.crt"), certificate);
            File.WriteAllText(Path.Combine(path, "tls.key"), key);
        }

        Directory.CreateSymbolicLink(link, Path.Combine(folder.Path, "one"));
        var source = new CertificateSource(Path.Combine(link, "tls.crt"), Path.Combine(link, "tls.key"), new RecordedReports(), TimeProvider.System);
        source.Current.Leaf.Subject.ShouldBe("CN=one");
        Directory.Delete(link);
        Directory.CreateSymbolicLink(link, Path.Combine(folder.Path, "two"));
        source.Refresh();
        source.Current.Leaf.Subject.ShouldBe("CN=two");
    }

    [Theory]
    [InlineData(3, "expires on")]
    [InlineData(-1, "expired on")]
    public void Create_CertificateNearItsEnd_IsReportedOnceADay(int days, string words)
    {
        using var folder = new TemporaryFolder();
        var reports = new RecordedReports();
        (string certificate, string key) = Create("CN=old", days);
        string certificatePath = Path.Combine(folder.Path, "tls.crt");
        File.WriteAllText(certificatePath, certificate);
        File.WriteAllText(Path.Combine(folder.Path, "tls.key"), key);
        var source = new CertificateSource(certificatePath, Path.Combine(folder.Path, "tls.key"), reports, TimeProvider.System);
        source.Refresh();
        reports.Warnings.ShouldHaveSingleItem().ShouldContain(words);
    }

    private static (string Certificate, string Key) Create(string subject, int days = 60)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest(subject, key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(days));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
