using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Tests.Files;

namespace Maml.Cluster.Shared.Tests.Data.Omniglot;

public sealed class OmniglotArchiveDamageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SmallOmniglot small = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void Read_TruncatedArchive_NamesItAndItsLength(double kept)
    {
        small.WriteArchives(folder.Path);
        byte[] archive = File.ReadAllBytes(folder["images_evaluation.zip"]);
        int length = (int)(archive.Length * kept);
        File.WriteAllBytes(folder["images_evaluation.zip"], archive[..length]);

        Should.Throw<DataSetException>(() => OmniglotReader.Read(folder.Path, SmallOmniglot.Layout, default)).Message
            .ShouldStartWith($"{folder["images_evaluation.zip"]}: found {length} bytes that are no complete zip archive");
    }

    [Fact]
    public void Read_ArchiveWithABitFlippedAnywhere_GivesADataSetOrADataSetException()
    {
        small.WriteArchives(folder.Path);
        string path = folder["images_evaluation.zip"];
        byte[] original = File.ReadAllBytes(path);
        const int seed = 11;
        var random = new Random(seed);
        for (int round = 0; round < 150; round++)
        {
            byte[] altered = [.. original];
            int bit = random.Next(original.Length * 8);
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(path, altered);
            Exception? thrown = Record.Exception(() => OmniglotReader.Read(folder.Path, SmallOmniglot.Layout, default));
            (thrown is null or DataSetException).ShouldBeTrue($"seed {seed}, round {round}, bit {bit}: {thrown}");
        }
    }
}
