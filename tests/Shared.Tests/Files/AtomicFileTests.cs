using Maml.Cluster.Shared.Files;

namespace Maml.Cluster.Shared.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_MissingFolder_CreatesItAndLeavesNothingElse()
    {
        string path = folder["deep/er/file"];

        AtomicFile.Write(path, stream => stream.Write([1, 2, 3]));

        File.ReadAllBytes(path).ShouldBe([1, 2, 3]);
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
    }

    [Fact]
    public void Write_ExistingFile_IsReplaced()
    {
        File.WriteAllBytes(folder["file"], [9, 9, 9, 9, 9]);

        AtomicFile.Write(folder["file"], stream => stream.WriteByte(1));

        File.ReadAllBytes(folder["file"]).ShouldBe([1]);
    }

    [Fact]
    public void Write_WriterThrowsHalfWay_KeepsTheOldContentAndNothingBesideIt()
    {
        File.WriteAllBytes(folder["file"], [9]);

        Should.Throw<InvalidDataException>(() => AtomicFile.Write(folder["file"], stream =>
        {
            stream.WriteByte(1);
            throw new InvalidDataException("half-way");
        }));

        File.ReadAllBytes(folder["file"]).ShouldBe([9]);
        Directory.GetFiles(folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public void DeleteLeftovers_OfKilledWriters_LeavesEverythingElse()
    {
        string leftover = folder[$"file.{Guid.NewGuid():N}.partial"];
        string[] others = [folder["file"], folder["file.partial"], folder[$"file.{Guid.NewGuid():N}"], folder["film.part-of-thirty-two-characters.partial"]];
        foreach (string path in others.Append(leftover)) File.WriteAllBytes(path, [1]);

        AtomicFile.DeleteLeftovers(folder.Path).ShouldBe(1);

        Directory.GetFiles(folder.Path).ShouldBe(others, ignoreOrder: true);
        AtomicFile.DeleteLeftovers(folder["missing"]).ShouldBe(0);
    }
}
