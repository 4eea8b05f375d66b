using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Clustering.Security;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Security;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Security;

public sealed class PeerCredentialsCheckTests : IDisposable
{
    private readonly Secrets _secrets = new();
    private readonly TestAuthority _other = new("other authority");

    [Fact]
    public void FaultsOf_CertificateOfAnOperator_IsFine() => FaultsOf(_secrets.Client(_secrets.Authority.IssueClient("OU=operator, CN=coordinator"))).ShouldBeEmpty();

    [Fact]
    public void FaultsOf_NothingSet_IsFine() => FaultsOf(new ClientCredentials()).ShouldBeEmpty();

    [Fact]
    public void FaultsOf_FilesThatAreNotThere_NamesAll()
    {
        string[] faults = FaultsOf(new ClientCredentials { TokenFile = "no.token", AuthorityFile = "no.pem", CertificateFile = "none.pem", KeyFile = "none.key" });
        faults.Length.ShouldBe(3);
        foreach (string file in new[] { "no.token", "no.pem", "none.pem" }) faults.ShouldContain(fault => fault.StartsWith($"Cluster.Peers: '{file}' cannot be read", StringComparison.Ordinal), file);
    }

    [Fact]
    public void FaultsOf_TokenThatIsNone_IsNamedWithoutIt()
    {
        string fault = FaultsOf(new ClientCredentials { Token = "short" }).ShouldHaveSingleItem();
        fault.ShouldStartWith("Cluster.Peers: Token: the token has 5 characters");
        fault.ShouldNotContain("short");
    }

    [Fact]
    public void FaultsOf_TokenOfAnOperator_IsFine() => FaultsOf(_secrets.Client(Role.Operator), _secrets.TlsAndTokens).ShouldBeEmpty();

    [Fact]
    public void FaultsOf_TokenThatMayNotAskEverything_IsRefused() =>
        FaultsOf(_secrets.Client(Role.Viewer), _secrets.TlsAndTokens).ShouldHaveSingleItem().ShouldBe(
            "Cluster.Peers.TokenFile: found the token of a viewer, expected an operator's, since any caller's call may have to be passed on.");

    [Fact]
    public void FaultsOf_TokenThatNobodyKnows_IsRefused() =>
        FaultsOf(new ClientCredentials { Token = "unknown-0123456789abcdef" }, _secrets.TlsAndTokens).ShouldHaveSingleItem()
            .ShouldContain("a coordinator as this one does not know");

    [Theory]
    [InlineData("OU=viewer, CN=coordinator", "is of a viewer")]
    [InlineData("CN=coordinator", "names no single role: found OU none")]
    public void FaultsOf_CertificateThatMayNotAskEverything_IsRefused(string subject, string expected)
    {
        string fault = FaultsOf(_secrets.Client(_secrets.Authority.IssueClient(subject))).ShouldHaveSingleItem();
        fault.ShouldStartWith("Cluster.Peers.CertificateFile: ");
        fault.ShouldContain(expected);
        fault.ShouldContain("Expected one with the OU operator");
    }

    [Fact]
    public void FaultsOf_CertificateThatTheOthersWouldNotLetIn_IsRefused() =>
        FaultsOf(_secrets.Client(_other.IssueClient("OU=operator, CN=coordinator"))).ShouldHaveSingleItem()
            .ShouldContain($"does not come from the authorities in '{_secrets.AuthorityFile}'");

    public void Dispose()
    {
        _secrets.Dispose();
        _other.Dispose();
    }

    private string[] FaultsOf(ClientCredentials peers, CoordinatorSecurityOptions? security = null) =>
    [
        .. PeerCredentialsCheck.FaultsOf(
            new CoordinatorOptions { Security = security ?? _secrets.TlsAndCertificates, Cluster = new ClusteringOptions { Kind = ClusterKind.Orleans, Peers = peers } }, TimeProvider.System),
    ];
}
