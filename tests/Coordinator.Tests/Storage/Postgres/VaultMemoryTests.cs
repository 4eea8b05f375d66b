using System.Security.Cryptography;
using Maml.Cluster.Coordinator.Checkpoints;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Records;
using Maml.Cluster.Coordinator.Storage.Postgres;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Tests.Postgres;

namespace Maml.Cluster.Coordinator.Tests.Storage.Postgres;

/// <summary>What the process allocates is counted, so no other test runs beside this one.</summary>
[CollectionDefinition(nameof(VaultMemoryTests), DisableParallelization = true)]
[Collection(nameof(VaultMemoryTests))]
public sealed class VaultMemoryTests(PostgresFixture fixture) : IClassFixture<PostgresFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PostgresFact]
    public async Task KeepCheckpointsAndMaterialise_Large_TakeLittleMemory()
    {
        const int Pieces = 64;
        await using Database database = await fixture.CreateWithTablesAsync();
        RunClaim claim = await Databases.CreateRunAsync(database);
        byte[] content = new byte[(Pieces * StoredCheckpoints.PieceBytes) + 1];
        new Random(1).NextBytes(content);
        string name = CheckpointName.Of(1, attempt: 1);
        File.WriteAllBytes(_folder.File(name), content);
        var manifest = new CheckpointManifest(
            HigherIsBetter: true, [new CheckpointEntry(name, 1, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), Score: null)]);
        PostgresVault vault = Databases.VaultOf(database);
        long before = GC.GetAllocatedBytesForCurrentThread();
        vault.KeepCheckpoints(claim, _folder.Path, manifest);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8 * StoredCheckpoints.PieceBytes);
        database.Ask<long>("SELECT count(*) FROM maml_checkpoint_pieces").ShouldBe(Pieces + 1);

        RunFolder copy = RunFolder.Open(_folder.File("run"));
        before = GC.GetTotalAllocatedBytes();
        await vault.MaterialiseAsync("run", copy, CancellationToken.None);
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(Pieces / 2 * StoredCheckpoints.PieceBytes);
        File.ReadAllBytes(Path.Combine(copy.Checkpoints, name)).AsSpan().SequenceEqual(content).ShouldBeTrue();
    }
}
