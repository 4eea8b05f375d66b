using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Tests.Files;

namespace Maml.Cluster.Shared.Tests.Data.Omniglot;

public sealed class OmniglotReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SmallOmniglot small = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_Archives_NumbersClassesByHalfThenName()
    {
        small.WriteArchives(folder.Path);

        ImageDataSet dataSet = Read();

        dataSet.Name.ShouldBe("omniglot");
        dataSet.ClassNames.ShouldBe(["Alpha/character01", "Zeta/character01", "Beta/character02"]);
        (dataSet.ExamplesPerClass, dataSet.Height, dataSet.Width).ShouldBe((2, 28, 28));
    }

    [Fact]
    public void Read_Archives_MakesInk255AndOrdersDrawingsByFileName()
    {
        small.WriteArchives(folder.Path);

        ImageDataSet dataSet = Read();

        int[] columns = [3, 2, 0, 1, 4, 5];
        for (int i = 0; i < columns.Length; i++)
        {
            var expected = new byte[28 * 28];
            expected[columns[i]] = 255;
            dataSet.GetImage(i / 2, i % 2).ToArray().ShouldBe(expected, $"drawing {i}");
        }
    }

    [Fact]
    public void Read_Folders_GivesTheSameContentAsArchives()
    {
        using var other = new TemporaryFolder();
        small.WriteArchives(other.Path);
        small.WriteFolders(folder.Path);

        Read().ContentHash.ShouldBe(OmniglotReader.Read(other.Path, SmallOmniglot.Layout, default).ContentHash);
    }

    [Fact]
    public void Read_OneHalfPackedAndOneUnpacked_TakesEachAsItIs()
    {
        small.WriteFolders(folder.Path);
        Directory.Delete(folder["images_background"], recursive: true);
        small.WriteArchive(folder.Path, "images_background");

        Read().Classes.ShouldBe(3);
    }

    [Fact]
    public void Read_FilesThatSystemsLeaveBehind_AreNoDrawings()
    {
        small.Entries.Add(("__MACOSX/images_background/Alpha/._character01", [1]));
        small.Entries.Add(("images_background/Alpha/.DS_Store", [1]));
        small.WriteArchives(folder.Path);

        Read().Classes.ShouldBe(3);
    }

    [Fact]
    public void Read_Cancelled_Stops()
    {
        small.WriteArchives(folder.Path);

        Should.Throw<OperationCanceledException>(
            () => OmniglotReader.Read(folder.Path, SmallOmniglot.Layout, new CancellationToken(canceled: true)));
    }

    private ImageDataSet Read() => OmniglotReader.Read(folder.Path, SmallOmniglot.Layout, default);
}
