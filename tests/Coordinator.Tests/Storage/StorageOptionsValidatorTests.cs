using Maml.Cluster.Coordinator.Clustering;
using Maml.Cluster.Coordinator.Hosting;
using Maml.Cluster.Coordinator.Storage;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Shared.Configuration.Hosts;

namespace Maml.Cluster.Coordinator.Tests.Storage;

public sealed class StorageOptionsValidatorTests
{
    private static readonly DatabaseOptions Database = new() { ConnectionFile = "/etc/maml/database/connection" };

    [Theory]
    [InlineData(ClusterKind.Local, null, false)]
    [InlineData(ClusterKind.Local, CheckpointStoreKind.Folder, false)]
    [InlineData(ClusterKind.Local, CheckpointStoreKind.Postgres, true)]
    [InlineData(ClusterKind.Orleans, null, true)]
    [InlineData(ClusterKind.Orleans, CheckpointStoreKind.Postgres, true)]
    public void Validate_KindAndStore_NeedADatabaseOrNot(ClusterKind kind, CheckpointStoreKind? store, bool needsDatabase)
    {
        var options = new CoordinatorOptions { Cluster = new() { Kind = kind }, Checkpoints = new() { Store = store } };
        options.KeepsRunsInDatabase.ShouldBe(needsDatabase);
        Faults(options).Count.ShouldBe(needsDatabase ? 1 : 0);
        Faults(options with { Database = Database }).ShouldBeEmpty();
    }

    [Fact]
    public void Validate_SharedRunsInAFolder_IsRefused() =>
        Faults(new CoordinatorOptions { Cluster = new() { Kind = ClusterKind.Orleans }, Checkpoints = new() { Store = CheckpointStoreKind.Folder }, Database = Database })
            .ShouldHaveSingleItem().ShouldStartWith("Checkpoints.Store: found folder");

    [Fact]
    public void Validate_UnusableConnection_IsNamedWithoutIt()
    {
        string fault = Faults(new CoordinatorOptions { Database = new() { Connection = "Host=db;Passwort=secret" } }).ShouldHaveSingleItem();
        fault.ShouldStartWith("Database.Connection:");
        fault.ShouldNotContain("secret");
        Faults(new CoordinatorOptions { Database = Database with { Connection = "Host=db" } }).ShouldHaveSingleItem().ShouldContain("one of the two");
    }

    [Fact]
    public void Read_FromFileAndCommandLine_TakesAllButTheSecretFromAFile()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("c.yaml"), "checkpoints: { store: postgres }\ndatabase: { connectionFile: /a }\n");
        CoordinatorOptions options = CoordinatorOptionsReader.Read(CoordinatorOptionsReader.Load(folder.File("c.yaml")));
        options.Checkpoints.Store.ShouldBe(CheckpointStoreKind.Postgres);
        options.Database.ConnectionFile.ShouldBe("/a");
        CoordinatorOptionsReader.Read([new HostSetting("database.connection", "Host=db", "--set")]).Database.Connection.ShouldBe("Host=db");

        File.WriteAllText(folder.File("c.yaml"), "database: { connection: Password=secret }\n");
        Should.Throw<HostStartException>(() => CoordinatorOptionsReader.Read(CoordinatorOptionsReader.Load(folder.File("c.yaml")))).Message.ShouldContain("database.connectionFile");
    }

    private static List<string> Faults(CoordinatorOptions options)
    {
        var faults = new List<string>();
        StorageOptionsValidator.Validate(options, faults);
        return faults;
    }
}
