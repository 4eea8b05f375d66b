using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Shared.Configuration.Hosts;
using Maml.Cluster.Shared.Security;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Security;

public sealed class PeerOptionsValidatorTests
{
    private static readonly ClientCredentials Certificates = new() { AuthorityFile = "ca.pem", CertificateFile = "peer.pem", KeyFile = "peer.key" };

    private static readonly CoordinatorOptions Closed = new()
    {
        Security = new() { CertificateFile = "server.pem", KeyFile = "server.key", TokensFile = "tokens" },
        Cluster = new ClusteringOptions { Kind = ClusterKind.Orleans, Peers = new() { AuthorityFile = "ca.pem" } },
        Database = new DatabaseOptions { Connection = "Host=127.0.0.1;Database=maml;Username=maml" },
    };

    [Fact]
    public void Validate_TlsAndTokens_IsFine() => CoordinatorOptionsValidator.Validate(Closed).ShouldBeEmpty();

    [Theory]
    [InlineData("http://coordinator-0:5100", "but this coordinator serves TLS")]
    [InlineData("ftp://coordinator-0:5100", "found 'ftp://coordinator-0:5100/', expected one such as https://")]
    [InlineData("https://ann:secret@coordinator-0:5100", "found an address with a user or password")]
    public void Validate_AddressThatNobodyCouldDial_IsNamed(string address, string expected)
    {
        IReadOnlyList<string> faults = Validate(Closed with { Cluster = Closed.Cluster with { AdvertisedAddress = new Uri(address), Peers = new() } });
        faults.ShouldHaveSingleItem().ShouldStartWith("Cluster.AdvertisedAddress: ");
        faults[0].ShouldContain(expected);
        faults[0].ShouldNotContain("secret");
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void Validate_PlainAddressOfAnotherMachine_NeedsTheFlag(bool insecureAllowRemote, int faults)
    {
        CoordinatorOptions options = Closed with
        {
            Security = new(),
            InsecureAllowRemote = insecureAllowRemote,
            Cluster = Closed.Cluster with { AdvertisedAddress = new Uri("http://10.0.0.7:5100"), Peers = new() },
        };
        Validate(options).Count(fault => fault.StartsWith("Cluster.AdvertisedAddress: found 'http://10.0.0.7:5100/', which is not this machine", StringComparison.Ordinal)).ShouldBe(faults);
        Validate(options).Count.ShouldBe(faults);
    }

    [Fact]
    public void Validate_SeveralFaults_NamesAll()
    {
        IReadOnlyList<string> faults = Validate(Closed with
        {
            Security = new(),
            Cluster = Closed.Cluster with { Peers = new() { TokenFile = "peer.token", Token = "0123456789abcdef", CertificateFile = "peer.pem" } },
        });
        faults.Count.ShouldBe(3);
        faults.ShouldContain(fault => fault.StartsWith("Cluster.Peers.TokenFile: found 'peer.token' and a token besides", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.StartsWith("Cluster.Peers.CertificateFile: found certificate 'peer.pem' and key ''", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.StartsWith("Cluster.Peers: found 'peer.pem', but coordinators reach one another at 'http://127.0.0.1:5100/'", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_ClientCertificatesWithoutOneOfItsOwn_AsksForIt()
    {
        CoordinatorOptions options = Closed with { Security = Closed.Security with { TokensFile = null, ClientAuthorityFile = "clients.pem" } };
        Validate(options).ShouldHaveSingleItem().ShouldStartWith("Cluster.Peers.CertificateFile: found nothing, but callers may show certificates ('clients.pem')");
        Validate(options with { Cluster = options.Cluster with { Peers = Certificates } }).ShouldBeEmpty();

        // A token opens nothing where nobody asks for one.
        ClientCredentials token = new() { AuthorityFile = "ca.pem", TokenFile = "peer.token" };
        Validate(options with { Cluster = options.Cluster with { Peers = token } }).ShouldHaveSingleItem();
        Validate(options with { Cluster = options.Cluster with { Peers = token }, Security = options.Security with { TokensFile = "tokens" } }).ShouldBeEmpty();
        Validate(options with { Cluster = new() , Database = new() }).ShouldBeEmpty("nobody passes calls on");
    }

    [Fact]
    public void Read_TokenInAFile_IsRefused() => Should.Throw<HostStartException>(() =>
            CoordinatorOptionsReader.Read(HostConfigurationFile.Parse("cluster:\n  peers:\n    token: 0123456789abcdef\n", "coordinator.yaml")))
        .Message.ShouldContain("tokenFile");

    private static IReadOnlyList<string> Validate(CoordinatorOptions options) => CoordinatorOptionsValidator.Validate(options);
}
