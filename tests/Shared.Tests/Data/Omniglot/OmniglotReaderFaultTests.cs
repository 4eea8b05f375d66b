using System.Text;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Tests.Files;

namespace Maml.Cluster.Shared.Tests.Data.Omniglot;

public sealed class OmniglotReaderFaultTests : IDisposable
{
    private const string First = "images_background/Alpha/character01/0001_01.png";

    private readonly TemporaryFolder folder = new();
    private readonly SmallOmniglot small = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_NoSuchFolder_SaysSoAndWhereToGetIt()
    {
        string message = Refused(folder["none"]);

        message.ShouldStartWith($"{folder["none"]}: found no such folder");
        message.ShouldContain("brendenlake/omniglot");
    }

    [Fact]
    public void Read_OneOfTheArchives_SaysToNameTheFolder()
    {
        small.WriteArchives(folder.Path);

        Refused(folder["images_background.zip"]).ShouldContain("found a file, expected the folder that holds both halves");
    }

    [Fact]
    public void Read_EmptyFolder_SaysWhatBelongsThere() => Refused().ShouldContain(
        "found an empty folder, expected images_background and images_evaluation, each as a folder or a .zip archive");

    [Fact]
    public void Read_OneHalfMissing_SaysWhatIsThere()
    {
        small.WriteArchive(folder.Path, "images_background");
        File.WriteAllText(folder["notes.txt"], "");

        Refused().ShouldContain("found only images_background.zip, notes.txt, expected");
    }

    [Fact]
    public void Read_EntryThatIsNoPng_NamesArchiveAndEntry()
    {
        small.Replace(First, Encoding.ASCII.GetBytes("not a picture"));
        small.WriteArchives(folder.Path);

        Refused().ShouldStartWith(
            $"{folder["images_background.zip"]}, entry Alpha/character01/0001_01.png: found first bytes 6e6f742061207069");
    }

    [Fact]
    public void Read_PictureOfAnotherSize_SaysBothSizes()
    {
        small.Replace(First, SmallOmniglot.Drawing(0, side: 28));
        small.WriteFolders(folder.Path);

        Refused().ShouldContain("a picture of 28 × 28 pixels, expected 56 × 56");
    }

    [Fact]
    public void Read_OneDrawingMissing_NamesTheCharacter()
    {
        small.Entries.RemoveAll(entry => entry.Name == First);
        small.WriteArchives(folder.Path);

        Refused().ShouldContain("found 1 drawings of Alpha/character01, expected 2");
    }

    [Fact]
    public void Read_OneCharacterMissing_SaysHowManyThereAre()
    {
        small.Entries.RemoveAll(entry => entry.Name.Contains("Zeta", StringComparison.Ordinal));
        small.WriteFolders(folder.Path);

        Refused().ShouldContain("found 1 characters, expected 2");
    }

    [Fact]
    public void Read_EntryTwice_NamesIt()
    {
        small.Entries.Add(small.Entries[0]);
        small.WriteArchives(folder.Path);

        Refused().ShouldContain($"found two entries named {small.Entries[0].Name}");
    }

    [Fact]
    public void Read_SameCharacterInBothHalves_NamesIt()
    {
        small.Entries.RemoveAll(entry => entry.Name.Contains("evaluation", StringComparison.Ordinal));
        small.Entries.AddRange([.. small.Entries
            .Where(entry => entry.Name.Contains("Zeta", StringComparison.Ordinal))
            .Select(entry => (entry.Name.Replace("background", "evaluation", StringComparison.Ordinal), entry.Content))]);
        small.WriteArchives(folder.Path);

        Refused().ShouldContain("the character Zeta/character01, which");
    }

    [Theory]
    [InlineData("images_background/../../../escape.png")]
    [InlineData("images_background/Alpha/loose.png")]
    [InlineData("images_background/Alpha/character01/deeper/0001_01.png")]
    [InlineData("images_background/Alpha/character01/notes.txt")]
    [InlineData("other/images_background/Alpha/0001_01.png")]
    public void Read_EntryOutsideTheLayout_NamesIt(string name)
    {
        small.Entries.Add((name, [1]));
        small.WriteArchives(folder.Path);

        Refused().ShouldContain(name.Replace("images_background/", "", StringComparison.Ordinal)[^11..]);
        Directory.GetFileSystemEntries(folder.Path).Length.ShouldBe(2);
    }

    [Fact]
    public void Read_HugeEntry_IsRefusedBeforeItIsUnpacked()
    {
        small.Replace(First, new byte[(1 << 20) + 1]);
        small.WriteArchives(folder.Path);

        Refused().ShouldContain("found 1048577 bytes, expected at most 1048576");
    }

    private string Refused(string? path = null) => Should.Throw<DataSetException>(
        () => OmniglotReader.Read(path ?? folder.Path, SmallOmniglot.Layout, default)).Message;
}
