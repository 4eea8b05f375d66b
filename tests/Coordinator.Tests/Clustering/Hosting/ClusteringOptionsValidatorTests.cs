using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Storage;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Shared.Configuration.Hosts;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Hosting;

public sealed class ClusteringOptionsValidatorTests
{
    private static readonly DatabaseOptions Database = new() { Connection = "Host=127.0.0.1;Database=maml;Username=maml" };

    [Fact]
    public void Validate_OrleansOnLoopbackWithADatabase_IsFine() =>
        CoordinatorOptionsValidator.Validate(new CoordinatorOptions { Cluster = new ClusteringOptions { Kind = ClusterKind.Orleans }, Database = Database }).ShouldBeEmpty();

    [Fact]
    public void Validate_SeveralFaults_NamesAll()
    {
        IReadOnlyList<string> faults = CoordinatorOptionsValidator.Validate(new CoordinatorOptions
        {
            Cluster = new ClusteringOptions
            {
                Kind = ClusterKind.Orleans,
                Name = " ",
                SiloPort = 0,
                SiloAddress = "here",
                Lease = TimeSpan.FromSeconds(3.9),
                WakeInterval = TimeSpan.Zero,
            },
            Port = 0,
            Checkpoints = new CheckpointOptions { Store = CheckpointStoreKind.Folder },
        });
        string[] names = ["Cluster.Lease", "Cluster.WakeInterval", "Cluster.Name", "Cluster.SiloPort", "Cluster.SiloAddress", "Cluster.AdvertisedAddress", "Checkpoints.Store"];
        foreach (string name in names) faults.ShouldContain(fault => fault.StartsWith($"{name}:", StringComparison.Ordinal), name);
        faults.ShouldContain(fault => fault.Contains("atabase", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_ListensEverywhereAndSaysNoAddress_AsksForIt() =>
        CoordinatorOptionsValidator.Validate(new CoordinatorOptions
        {
            ListenAddress = "0.0.0.0",
            InsecureAllowRemote = true,
            Cluster = new ClusteringOptions { Kind = ClusterKind.Orleans, Silo = new() { InsecureAllowRemote = true } },
            Database = Database,
        }).ShouldHaveSingleItem().ShouldStartWith("Cluster.AdvertisedAddress: found nothing beside 0.0.0.0");

    [Fact]
    public void Read_Settings_GivesTheOptions()
    {
        HostSetting[] settings =
        [
            new("cluster.kind", "orleans", "test"),
            new("cluster.advertisedAddress", "https://coordinator-1:5100", "test"),
            new("cluster.lease", "00:00:20", "test"),
            new("cluster.silo.certificateFile", "silo.pem", "test"),
            new("cluster.silo.insecureAllowRemote", "true", "test"),
        ];
        ClusteringOptions cluster = CoordinatorOptionsReader.Read(settings).Cluster;
        cluster.Kind.ShouldBe(ClusterKind.Orleans);
        cluster.AdvertisedAddress.ShouldBe(new Uri("https://coordinator-1:5100"));
        cluster.Lease.ShouldBe(TimeSpan.FromSeconds(20));
        cluster.Silo.ShouldBe(new SiloSecurityOptions { CertificateFile = "silo.pem", InsecureAllowRemote = true });
    }
}
