using Maml.Cluster.Cli.Adaptation;
using Maml.Cluster.Cli.Benchmarks.Data;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Cli.Tests.Support;

namespace Maml.Cluster.Cli.Tests.Adaptation;

public sealed class PictureFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_SubFolders_AreLabelsInTheOrderOfNames()
    {
        Write("b/2.png");
        Write("b/1.png");
        Write("a/1.PNG");
        File.WriteAllText(_folder.File("b/.hidden"), "");
        PictureFolder.Read(_folder.Path, "--support", needsLabels: true).Select(picture => (picture.Name, picture.Label))
            .ShouldBe([("a/1.PNG", "a"), ("b/1.png", "b"), ("b/2.png", "b")]);
    }

    [Fact]
    public void Read_FilesAlone_HaveNoLabels()
    {
        Write("2.png");
        Write("1.png");
        PictureFolder.Read(_folder.Path, "--query", needsLabels: false).Select(picture => (picture.Name, picture.Label))
            .ShouldBe([("1.png", (string?)null), ("2.png", null)]);
        Fault(needsLabels: true).ShouldContain("has no sub-folders");
    }

    [Fact]
    public void Read_BothFilesAndSubFolders_IsRefused()
    {
        Write("a/1.png");
        Write("1.png");
        Fault().ShouldContain("both sub-folders and files ('1.png')");
    }

    [Fact]
    public void Read_FileThatIsNoPicture_IsNamed()
    {
        Directory.CreateDirectory(_folder.File("a"));
        File.WriteAllText(_folder.File("a/notes.txt"), "none");
        Fault().ShouldStartWith(_folder.File("a/notes.txt"));
    }

    [Fact]
    public void Read_NothingThere_SaysWhatIsExpected()
    {
        Fault().ShouldContain("no pictures");
        Should.Throw<CommandFailedException>(() => PictureFolder.Read(_folder.File("none"), "--support", needsLabels: true)).Message
            .ShouldBe($"--support: there is no folder '{_folder.File("none")}'.");
    }

    private string Fault(bool needsLabels = false) =>
        Should.Throw<CommandFailedException>(() => PictureFolder.Read(_folder.Path, "--query", needsLabels)).Message;

    private void Write(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        File.WriteAllBytes(_folder.File(name), GreyPng.Encode(2, 1, [0, 255]));
    }
}
