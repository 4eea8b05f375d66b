using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Storage.Postgres;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Security;

public sealed class SiloSecurityValidatorTests
{
    private static readonly SiloSecurityOptions Certificates = new() { CertificateFile = "silo.pem", KeyFile = "silo.key", AuthorityFile = "ca.pem" };

    // As three coordinators on three machines are, but for their silos.
    private static readonly CoordinatorOptions Remote = new()
    {
        ListenAddress = "0.0.0.0",
        Security = new() { CertificateFile = "server.pem", KeyFile = "server.key", TokensFile = "tokens" },
        Cluster = new ClusteringOptions { Kind = ClusterKind.Orleans, AdvertisedAddress = new Uri("https://coordinator-0:5100") },
        Database = new DatabaseOptions { Connection = "Host=127.0.0.1;Database=maml;Username=maml" },
    };

    [Theory]
    [InlineData(null, "0.0.0.0")]
    [InlineData("10.0.0.7", "10.0.0.7")]
    [InlineData("fd00::7", "fd00::7")]
    public void Validate_RemoteSiloInPlainText_SaysWhatToDo(string? siloAddress, string found)
    {
        string fault = CoordinatorOptionsValidator.Validate(Remote with { Cluster = Remote.Cluster with { SiloAddress = siloAddress } }).ShouldHaveSingleItem();
        fault.ShouldStartWith($"Cluster.Silo: found no certificates for the silo at {found}, expected a loopback address");
        foreach (string word in new[] { "cluster.silo.certificateFile", "cluster.silo.keyFile", "cluster.silo.authorityFile", "cluster.silo.insecureAllowRemote" }) fault.ShouldContain(word);
    }

    [Fact]
    public void Validate_RemoteSiloInPlainTextThoughClientsMay_IsRefused() => CoordinatorOptionsValidator
        .Validate(Remote with { InsecureAllowRemote = true }).ShouldHaveSingleItem().ShouldStartWith("Cluster.Silo:", customMessage: "that flag is about clients and workers");

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Validate_SiloOnLoopback_NeedsNothing(string siloAddress) =>
        CoordinatorOptionsValidator.Validate(Remote with { Cluster = Remote.Cluster with { SiloAddress = siloAddress } }).ShouldBeEmpty();

    [Fact]
    public void Validate_RemoteSiloWithCertificates_IsFine() =>
        CoordinatorOptionsValidator.Validate(Remote with { Cluster = Remote.Cluster with { Silo = Certificates } }).ShouldBeEmpty();

    [Fact]
    public void Validate_RemoteSiloThatIsAllowed_IsFine() =>
        CoordinatorOptionsValidator.Validate(Remote with { Cluster = Remote.Cluster with { Silo = new() { InsecureAllowRemote = true } } }).ShouldBeEmpty();

    [Fact]
    public void Validate_NoCluster_HasNoSilo() =>
        CoordinatorOptionsValidator.Validate(Remote with { Cluster = new(), Database = new() }).ShouldBeEmpty();

    [Theory]
    [InlineData("silo.pem", null, "ca.pem")]
    [InlineData("silo.pem", "silo.key", null)]
    [InlineData("silo.pem", null, null)]
    public void Validate_SomeOfTheFiles_AreRefused(string? certificate, string? key, string? authority)
    {
        var silo = new SiloSecurityOptions { CertificateFile = certificate, KeyFile = key, AuthorityFile = authority };
        CoordinatorOptionsValidator.Validate(Remote with { Cluster = Remote.Cluster with { Silo = silo } }).ShouldHaveSingleItem()
            .ShouldBe($"Cluster.Silo: found certificateFile '{certificate}', keyFile '{key}' and authorityFile '{authority}', expected all three or none, since each silo shows a certificate and checks the others'.");
    }
}
