using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Clustering.Security;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Security;

public sealed class SiloCertificatesTests : IDisposable
{
    private readonly Secrets _secrets = new();
    private readonly TestAuthority _other = new("other authority");

    [Fact]
    public void FaultsOf_CertificateOfACoordinator_IsFine() => FaultsOf(_secrets.Silo(_secrets.Authority.IssueSilo())).ShouldBeEmpty();

    [Fact]
    public void FaultsOf_NoCertificates_IsFine() => FaultsOf(new SiloSecurityOptions()).ShouldBeEmpty();

    [Fact]
    public void FaultsOf_FilesThatAreNotThere_NamesAll()
    {
        string[] faults = FaultsOf(new SiloSecurityOptions { CertificateFile = "none.pem", KeyFile = "none.key", AuthorityFile = "no.pem" });
        faults.Length.ShouldBe(2);
        foreach (string file in new[] { "none.pem", "no.pem" }) faults.ShouldContain(fault => fault.StartsWith($"Cluster.Silo: '{file}' cannot be read", StringComparison.Ordinal), file);
    }

    [Theory]
    [InlineData("CN=a", "found OU '', expected 'coordinator'")]
    [InlineData("OU=worker, CN=a", "found OU 'worker', expected 'coordinator'")]
    public void FaultsOf_CertificateOfSomebodyElse_SaysWhatItIs(string subject, string expected)
    {
        string fault = FaultsOf(_secrets.Silo(_secrets.Authority.IssueSilo(subject))).ShouldHaveSingleItem();
        fault.ShouldStartWith("Cluster.Silo.CertificateFile: ");
        fault.ShouldContain(expected);
    }

    [Fact]
    public void FaultsOf_CertificateThatDoesNotCount_IsRefused()
    {
        (string Certificate, string Key)[] pairs =
        [
            _other.IssueSilo(),
            _secrets.Authority.IssueSilo(life: TimeSpan.FromHours(-1)),
            _secrets.Authority.IssueClient("OU=coordinator, CN=a"),
            _secrets.Authority.IssueServer(),
        ];
        foreach ((string Certificate, string Key) pair in pairs)
            FaultsOf(_secrets.Silo(pair)).ShouldHaveSingleItem().ShouldContain("does not come from the authorities of cluster.silo.authorityFile, or is not for servers and clients");
    }

    public void Dispose()
    {
        _secrets.Dispose();
        _other.Dispose();
    }

    private static string[] FaultsOf(SiloSecurityOptions options) => [.. SiloCertificates.FaultsOf(options, TimeProvider.System)];
}
