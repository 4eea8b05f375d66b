using System.Security.Cryptography;
using Maml.Cluster.Cli.Benchmarks.Data;
using Maml.Cluster.Cli.Tests.Support;
using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Cli.Tests.Benchmarks.Data;

public sealed class SyntheticCharactersTests
{
    [Fact]
    public void Ensure_EmptyFolder_GivesWhatReadsAsOmniglot()
    {
        using var folder = new TemporaryFolder();
        SyntheticCharacters.Ensure(folder.Path);
        ImageDataSet images = OmniglotReader.Read(folder.Path);
        images.Classes.ShouldBe(1623);
        images.ExamplesPerClass.ShouldBe(20);
        byte[] first = images.GetImage(0, 0).ToArray(), second = images.GetImage(0, 1).ToArray();
        first.ShouldContain((byte)0);
        first.ShouldContain((byte)255);
        first.ShouldNotBe(second);
        Directory.GetFiles(folder.Path).Sum(file => new FileInfo(file).Length).ShouldBeLessThan(20_000_000);
    }

    [Fact]
    public void Ensure_InTwoFolders_GivesTheSameBytes()
    {
        using TemporaryFolder one = new(), other = new();
        SyntheticCharacters.Ensure(one.Path);
        SyntheticCharacters.Ensure(other.Path);
        HashOf(one).ShouldBe(HashOf(other));
    }

    [Fact]
    public void Ensure_FolderThatIsThere_LeavesItAlone()
    {
        using var folder = new TemporaryFolder();
        string[] files = [folder.File("images_background.zip"), folder.File("images_evaluation.zip")];
        foreach (string file in files) File.WriteAllText(file, "as it was");
        SyntheticCharacters.Ensure(folder.Path);
        files.ShouldAllBe(file => File.ReadAllText(file) == "as it was");
    }

    private static string HashOf(TemporaryFolder folder) => string.Concat(
        Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal).Select(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))));
}
